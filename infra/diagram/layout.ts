import ElkModule, {
  type ElkEdgeSection,
  type ElkExtendedEdge,
  type ElkNode,
  type ElkPort,
} from 'elkjs/lib/elk.bundled.js';
import { type Diagram, type DiagramEdge, type DiagramNode, type GroupName, groups } from './model.ts';
import { textWidth } from './textWidth.ts';

/** Pixels, from the top left corner of the drawing. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Route {
  readonly points: readonly Point[];
  /** Where it leaves a trunk, to be told from where lines only cross. */
  readonly junctions: readonly Point[];
  readonly label?: Box;
}

export interface LaidOut {
  readonly width: number;
  readonly height: number;
  readonly cloud: Box;
  readonly region: Box;
  readonly groups: ReadonlyMap<GroupName, Box>;
  readonly nodes: ReadonlyMap<DiagramNode, Box>;
  readonly edges: ReadonlyMap<DiagramEdge, Route>;
}

export const CARD = { icon: 34, pad: 9, title: 14, detail: 11.5, line: 15 } as const;
export const LABEL = { size: 11.5, height: 15 } as const;

/** Groups that are not in a Region. */
const GLOBAL: ReadonlySet<GroupName> = new Set(['edge']);
const GROUP_PADDING = '[top=34,left=14,bottom=14,right=14]';

/** ELK's CommonJS bundle: Node gives the constructor as the default, TypeScript the module. */
const ElkConstructor = (ElkModule as unknown as { readonly default: typeof ElkModule.default }).default ?? ElkModule;

/** Places nodes and lines with ELK's layered algorithm: https://eclipse.dev/elk/reference/algorithms/org-eclipse-elk-layered.html */
export async function layOut(diagram: Diagram): Promise<LaidOut> {
  const made = diagram.edges.map((edge, at) => elkEdge(edge, `line${at}`, diagram));
  const root = await new ElkConstructor().layout(rootOf(diagram, made));
  const boxes = new Map<string, Box>();
  collect(root, { x: 0, y: 0 }, boxes);
  const lines = new Map((root.edges ?? []).map((edge) => [edge.id, edge]));
  const box = (id: string): Box => {
    const found = boxes.get(id);
    if (!found) throw new Error(`ELK placed no ${id}.`);
    return found;
  };
  const strip = stripOf(diagram, box('region'));
  const more = strip.box.height > 0 ? strip.box.height + GAP : 0;
  const taller = (frame: Box): Box => ({ ...frame, height: frame.height + more });
  const placed = diagram.nodes.map((node) => [node, strip.cards.get(node) ?? box(node.id)] as const);
  const used = usedGroups(diagram).map(
    (group) => [group, group === 'operations' ? strip.box : box(`group ${group}`)] as const,
  );
  return {
    width: root.width ?? 0,
    height: (root.height ?? 0) + more,
    cloud: taller(box('cloud')),
    region: taller(box('region')),
    groups: new Map(used),
    nodes: new Map(placed),
    edges: new Map(made.map(({ edge, line, reversed }) => [edge, routeOf(lines.get(line.id), reversed)])),
  };
}

const GAP = 18;
const HEAD = 34;
const PADDING = 14;

interface Strip {
  readonly box: Box;
  readonly cards: ReadonlyMap<DiagramNode, Box>;
}

/** What has no lines needs no layout: it stands in rows along the bottom of the Region. */
function stripOf({ nodes }: Diagram, region: Box): Strip {
  const own = nodes.filter(({ group }) => group === 'operations');
  const x = region.x + 20;
  const y = region.y + region.height - 2;
  const width = region.width - 40;
  if (own.length === 0) return { box: { x, y, width, height: 0 }, cards: new Map() };
  const cards = new Map<DiagramNode, Box>();
  let top = y + HEAD;
  for (const row of rowsOf(own, width - 2 * PADDING)) {
    const height = Math.max(...row.map((node) => sizeOf(node).height));
    let left = x + PADDING;
    for (const node of row) {
      cards.set(node, { x: left, y: top, width: sizeOf(node).width, height });
      left += sizeOf(node).width + PADDING;
    }
    top += height + PADDING;
  }
  return { box: { x, y, width, height: top - y }, cards };
}

/** As many in a row as there is room for. */
function rowsOf(nodes: readonly DiagramNode[], width: number): readonly (readonly DiagramNode[])[] {
  const rows: DiagramNode[][] = [];
  let used = Infinity;
  for (const node of nodes) {
    const wanted = sizeOf(node).width + PADDING;
    if (used + wanted - PADDING > width) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(node);
    used += wanted;
  }
  return rows;
}

interface MadeEdge {
  readonly edge: DiagramEdge;
  readonly line: ElkExtendedEdge;
  readonly ports: readonly { readonly node: string; readonly port: ElkPort }[];
  /** Laid out from right to left. */
  readonly reversed: boolean;
}

/** Columns, from left to right: lines run from lower to higher whatever way the data flows. */
const COLUMN: Readonly<Record<string, number>> = {
  people: 0,
  cdn: 1,
  userPool: 1,
  bucket: 2,
  api: 3,
  table: 4,
  lambda: 5,
};

/** A function in the group of the API stands before it. */
function columnOf({ kind, group }: DiagramNode): number {
  return kind === 'lambda' && group === 'api' ? 2 : (COLUMN[kind] ?? 6);
}

/**
 * Lines that begin at one port share a trunk. A table has one trunk to the functions that follow it, a function one to the
 * tables that it works on, and the API one to all tables; the other ends are ports of their own, so that trunks never join.
 */
function elkEdge(edge: DiagramEdge, id: string, { nodes }: Diagram): MadeEdge {
  const column = (nodeId: string): number => Math.max(...nodes.filter(({ id: own }) => own === nodeId).map(columnOf));
  const reversed = column(edge.from) > column(edge.to);
  const [left, right] = reversed ? [edge.to, edge.from] : [edge.from, edge.to];
  const trunk = { event: left, data: left, work: right, request: undefined, publish: undefined }[edge.relation];
  const portOf = (node: string, side: 'EAST' | 'WEST') => ({
    node,
    port: {
      id: node === trunk ? `${node} ${edge.relation}` : `${node} ${id}`,
      layoutOptions: { 'elk.port.side': side },
    },
  });
  const ports = [portOf(left, 'EAST'), portOf(right, 'WEST')];
  const text = edge.label ?? '';
  return {
    edge,
    reversed,
    ports,
    line: {
      id,
      sources: [ports[0]!.port.id],
      targets: [ports[1]!.port.id],
      // The small counts before the tables are put there by the renderer: there is always room.
      labels:
        text && edge.relation !== 'data'
          ? [
              {
                text,
                width: textWidth(text, LABEL.size) + 8,
                height: LABEL.height,
                layoutOptions: { 'elk.edgeLabels.inline': 'true' },
              },
            ]
          : [],
    },
  };
}

function rootOf(diagram: Diagram, edges: readonly MadeEdge[]): ElkNode {
  const sizes = sizesOf(diagram);
  const leaf = (node: DiagramNode): ElkNode => {
    const own = edges.flatMap(({ ports }) => ports).filter((port) => port.node === node.id);
    return {
      id: node.id,
      ...sizes.get(node.id),
      ports: [...new Map(own.map(({ port }) => [port.id, port])).values()],
      layoutOptions: { 'elk.portConstraints': 'FIXED_SIDE' },
    };
  };
  const group = (name: GroupName): ElkNode => ({
    id: `group ${name}`,
    layoutOptions: { 'elk.padding': GROUP_PADDING },
    children: diagram.nodes.filter((node) => node.group === name).map(leaf),
  });
  const used = usedGroups(diagram);
  const region: ElkNode = {
    id: 'region',
    layoutOptions: { 'elk.padding': '[top=40,left=20,bottom=20,right=20]' },
    children: used.filter((name) => !GLOBAL.has(name) && name !== 'operations').map(group),
  };
  return {
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.json.edgeCoords': 'ROOT',
      'elk.padding': '[top=20,left=20,bottom=20,right=20]',
      'elk.spacing.nodeNode': '18',
      'elk.spacing.edgeNode': '14',
      'elk.spacing.edgeEdge': '9',
      'elk.layered.spacing.nodeNodeBetweenLayers': '30',
      'elk.layered.spacing.edgeNodeBetweenLayers': '28',
      'elk.layered.spacing.edgeEdgeBetweenLayers': '9',
      'elk.randomSeed': '1',
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
      'elk.layered.thoroughness': '50',
    },
    children: [
      ...diagram.nodes.filter((node) => !node.group).map(leaf),
      {
        id: 'cloud',
        layoutOptions: { 'elk.padding': '[top=40,left=20,bottom=20,right=20]' },
        children: [...used.filter((name) => GLOBAL.has(name)).map(group), region],
      },
    ],
    edges: edges.map(({ line }) => line),
  };
}

function usedGroups({ nodes }: Diagram): readonly GroupName[] {
  const names = Object.keys(groups) as GroupName[];
  return names.filter((name) => nodes.some((node) => node.group === name));
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The cards of a group are equally wide, so that they stand in a column. */
function sizesOf({ nodes }: Diagram): ReadonlyMap<string, Size> {
  const widest = (group: GroupName | undefined): number =>
    Math.max(...nodes.filter((node) => node.group === group).map((node) => sizeOf(node).width));
  return new Map(nodes.map((node) => [node.id, { ...sizeOf(node), width: widest(node.group) }]));
}

function sizeOf({ title, details, kind, group }: DiagramNode): Size {
  if (kind === 'people') return { width: 84, height: 78 };
  const text = Math.max(textWidth(title, CARD.title * 1.06), ...details.map((line) => textWidth(line, CARD.detail)));
  const heading = group ? textWidth(groups[group], CARD.title) : 0;
  const lines = CARD.title + 6 + details.length * CARD.line;
  return {
    width: Math.max(124, heading, CARD.pad * 3 + CARD.icon + text),
    height: Math.max(CARD.icon, lines) + CARD.pad * 2,
  };
}

function collect(node: ElkNode, origin: Point, boxes: Map<string, Box>): void {
  const [x, y] = [origin.x + (node.x ?? 0), origin.y + (node.y ?? 0)];
  boxes.set(node.id, { x, y, width: node.width ?? 0, height: node.height ?? 0 });
  for (const child of node.children ?? []) collect(child, { x, y }, boxes);
}

function routeOf(line: ElkExtendedEdge | undefined, reversed: boolean): Route {
  const [section] = line?.sections ?? [];
  if (!section) throw new Error(`ELK routed no ${line?.id}.`);
  const points = pointsOf(section);
  const [label] = line?.labels ?? [];
  const placed = label && { x: label.x ?? 0, y: label.y ?? 0, width: label.width ?? 0, height: label.height ?? 0 };
  return {
    points: reversed ? points.toReversed() : points,
    junctions: line?.junctionPoints ?? [],
    ...(placed ? { label: placed } : {}),
  };
}

function pointsOf({ startPoint, bendPoints = [], endPoint }: ElkEdgeSection): readonly Point[] {
  return [startPoint, ...bendPoints, endPoint];
}

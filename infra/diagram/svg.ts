import { glyphs } from './glyphs.ts';
import { kinds } from './kinds.ts';
import { type Box, CARD, type LaidOut, LABEL, type Point } from './layout.ts';
import { type Diagram, type DiagramEdge, type DiagramNode, groups, type Relation, type Step, steps } from './model.ts';
import { RELATIONS, styleSheet } from './theme.ts';

const HEADER = 74;
const FOOTER = 178;
const CORNER = 6;

/** The drawing as one file that refers to nothing outside itself: the same bytes for the same Terraform. */
export function svgOf(diagram: Diagram, layout: LaidOut): string {
  const width = Math.ceil(layout.width);
  const height = Math.ceil(layout.height) + HEADER + FOOTER;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escape(diagram.title)}</title>`,
    `<desc id="description">${escape(descriptionOf(diagram))}</desc>`,
    `<style>${styleSheet()}</style>`,
    `<defs>${(Object.keys(RELATIONS) as Relation[]).map(marker).join('')}</defs>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    text({ x: 22, y: 36 }, diagram.title, { size: 22, classes: 'name' }),
    text({ x: 22, y: 58 }, diagram.subtitle, { size: 13.5, classes: 'faint' }),
    `<g transform="translate(0 ${HEADER})">`,
    ...frames(diagram, layout),
    ...diagram.edges.map((edge) => line(edge, layout)),
    ...diagram.nodes.map((node) => card(node, boxOf(layout.nodes, node))),
    ...diagram.edges.map((edge) => label(edge, layout)),
    ...callouts(diagram, layout),
    '</g>',
    legend(layout.height + HEADER),
    '</svg>',
    '',
  ].join('\n');
}

function frames({ region }: Diagram, layout: LaidOut): string[] {
  const frame = (box: Box, title: string, classes: string): string =>
    `<rect class="rim ${classes}" ${rectangle(box)} rx="10"/>` +
    text({ x: box.x + 16, y: box.y + 25 }, title, { size: 13.5, classes: 'name faint' });
  return [
    frame(layout.cloud, 'AWS', ''),
    frame(layout.region, `Region ${region}`, 'dashed'),
    ...[...layout.groups].map(
      ([name, box]) =>
        `<rect class="box" ${rectangle(box)} rx="9"/>` +
        text({ x: box.x + 14, y: box.y + 22 }, groups[name], { size: 12.5, classes: 'name faint' }),
    ),
  ];
}

function card(node: DiagramNode, box: Box): string {
  const { category, service } = kinds[node.kind];
  const isPerson = node.kind === 'people';
  const tile = isPerson
    ? { x: box.x + (box.width - CARD.icon) / 2, y: box.y + 8 }
    : { x: box.x + CARD.pad, y: box.y + (box.height - CARD.icon) / 2 };
  const icon = [
    `<rect class="tile-${category}" ${rectangle({ ...tile, width: CARD.icon, height: CARD.icon })} rx="7"/>`,
    `<g class="glyph" transform="translate(${n(tile.x + 5)} ${n(tile.y + 5)})">${glyphs[node.kind]}</g>`,
  ].join('');
  const frame = `<rect class="card" ${rectangle(box)} rx="8"/>`;
  if (isPerson) {
    const at = { x: box.x + box.width / 2, y: box.y + 64 };
    return `<g>${frame}${icon}${text(at, node.title, { size: CARD.title, classes: 'name', anchor: 'middle' })}</g>`;
  }
  const x = tile.x + CARD.icon + CARD.pad;
  const block = CARD.title + node.details.length * CARD.line;
  const top = box.y + (box.height - block) / 2 + CARD.title - 3;
  const lines = node.details.map((detail, at) =>
    text({ x, y: top + (at + 1) * CARD.line + 1 }, detail, { size: CARD.detail, classes: 'faint' }),
  );
  const name = text({ x, y: top }, node.title, { size: CARD.title, classes: 'name' });
  return `<g><title>${escape(`${service}: ${node.title}`)}</title>${frame}${icon}${name}${lines.join('')}</g>`;
}

function line(edge: DiagramEdge, { edges }: LaidOut): string {
  const { points, junctions } = boxOf(edges, edge);
  const dots = junctions.map(({ x, y }) => `<circle class="${edge.relation}-fill" cx="${n(x)}" cy="${n(y)}" r="2.6"/>`);
  const ends = `${edge.back ? ` marker-start="url(#${edge.relation})"` : ''}${edge.forward ? ` marker-end="url(#${edge.relation})"` : ''}`;
  return `<path class="line ${edge.relation}" d="${rounded(points)}"${ends}/>${dots.join('')}`;
}

/** In the middle of the line where the layout left room, else above its end. */
function label(edge: DiagramEdge, { edges }: LaidOut): string {
  const { label: box, points } = boxOf(edges, edge);
  const end = points.at(-1);
  if (!edge.label || !end) return '';
  const style = { size: LABEL.size, classes: `${edge.relation}-fill` };
  if (!box) return text({ x: end.x - 4, y: end.y - 6 }, edge.label, { ...style, anchor: 'end' });
  const at = { x: box.x + box.width / 2, y: box.y + LABEL.height - 4 };
  return `<rect class="box" ${rectangle(box)} rx="4"/>` + text(at, edge.label, { ...style, anchor: 'middle' });
}

/** One number on each trunk: lines that begin at one point carry it once. */
function callouts({ edges }: Diagram, layout: LaidOut): string[] {
  const spots = new Map<string, { readonly step: Step; readonly at: Point }>();
  for (const edge of edges) {
    if (!edge.step) continue;
    const { points } = boxOf(layout.edges, edge);
    const [start] = points;
    const key = `${edge.step} ${start?.x} ${start?.y}`;
    if (!spots.has(key)) spots.set(key, { step: edge.step, at: along(points, 22) });
  }
  return [...spots.values()].map(({ step, at }) => callout(step, at));
}

function callout(step: Step, { x, y }: Point): string {
  return `<circle class="step" cx="${n(x)}" cy="${n(y)}" r="9.5"/>${text({ x, y: y + 4.2 }, String(step), { size: 12, classes: 'number' })}`;
}

function legend(top: number): string {
  const rows = (Object.keys(RELATIONS) as Relation[]).map((relation, at) => {
    const y = top + 44 + at * 23;
    return (
      `<path class="line ${relation}" d="M22 ${n(y)}h40" marker-end="url(#${relation})"/>` +
      text({ x: 76, y: y + 4 }, RELATIONS[relation].means, { size: 12.5 })
    );
  });
  const numbers = (Object.keys(steps) as unknown as Step[]).map((step, at) => {
    const y = top + 44 + at * 21;
    return callout(step, { x: 560, y }) + text({ x: 580, y: y + 4 }, steps[step], { size: 12.5 });
  });
  return [
    text({ x: 22, y: top + 18 }, 'Arrows follow the data', { size: 13, classes: 'name' }),
    text({ x: 551, y: top + 18 }, 'A visit, step by step', { size: 13, classes: 'name' }),
    ...rows,
    ...numbers,
  ].join('\n');
}

function descriptionOf({ nodes, edges }: Diagram): string {
  const name = (id: string): string => nodes.find((node) => node.id === id)?.title ?? id;
  const sentences = edges.map(({ from, to, relation }) => `${name(from)} to ${name(to)}: ${relation}`);
  return `${nodes.length} parts and ${edges.length} lines. ${sentences.join('; ')}.`;
}

function marker(relation: Relation): string {
  return `<marker id="${relation}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6.5" markerHeight="6.5" orient="auto-start-reverse"><path class="${relation}-fill" d="M0 .5L8 4 0 7.5z"/></marker>`;
}

interface TextStyle {
  readonly size: number;
  readonly classes?: string;
  readonly anchor?: 'middle' | 'end';
}

function text({ x, y }: Point, content: string, { size, classes, anchor }: TextStyle): string {
  const anchored = anchor ? ` text-anchor="${anchor}"` : '';
  return `<text${classes ? ` class="${classes}"` : ''} x="${n(x)}" y="${n(y)}" font-size="${size}"${anchored}>${escape(content)}</text>`;
}

/** A polyline of right angles with round corners. */
function rounded(points: readonly Point[]): string {
  const parts = points.map((point, at) => {
    const [before, after] = [points[at - 1], points[at + 1]];
    if (!before) return `M${n(point.x)} ${n(point.y)}`;
    if (!after) return `L${n(point.x)} ${n(point.y)}`;
    const [start, end] = [toward(point, before), toward(point, after)];
    return `L${n(start.x)} ${n(start.y)}Q${n(point.x)} ${n(point.y)} ${n(end.x)} ${n(end.y)}`;
  });
  return parts.join('');
}

function toward(from: Point, to: Point): Point {
  const distance = Math.hypot(to.x - from.x, to.y - from.y);
  const share = distance === 0 ? 0 : Math.min(CORNER, distance / 2) / distance;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

/** The point of a line at this distance from its beginning, or half way when the first stretch is short. */
function along([first, second]: readonly Point[], distance: number): Point {
  if (!first || !second) throw new Error('A line has two points.');
  const length = Math.hypot(second.x - first.x, second.y - first.y);
  const share = Math.min(distance / length, 0.5);
  return { x: first.x + (second.x - first.x) * share, y: first.y + (second.y - first.y) * share };
}

function rectangle({ x, y, width, height }: Box): string {
  return `x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"`;
}

/** A number with at most one decimal, so that the last bits of floating point never show. */
function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function boxOf<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error('The layout misses a part of the diagram.');
  return value;
}

function escape(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

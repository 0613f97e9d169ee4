import { kinds } from './kinds.ts';
import {
  type Diagram,
  type DiagramEdge,
  type DiagramNode,
  type GroupName,
  groups,
  type Relation,
  type Step,
  steps,
} from './model.ts';
import { RELATIONS } from './theme.ts';

/**
 * AWS's icons as PlantUML's standard library carries them, version 20 of https://github.com/awslabs/aws-icons-for-plantuml:
 * a picture is rendered without a network, and the same next year.
 */
const ICONS = 'awslib20';

/** A digit in a circle is a letter of every font that has symbols; the icons' own call-outs are not in the library. */
const CALLOUTS: Readonly<Record<Step, string>> = { 1: '①', 2: '②', 3: '③', 4: '④', 5: '⑤', 7: '⑦' };

/** The picture as PlantUML with AWS's icons, for those who draw on. */
export function plantUmlOf(diagram: Diagram): string {
  const { title, region, nodes, edges } = diagram;
  const inGroup = (name: GroupName, indent: string): string[] => groupOf(name, nodes, indent);
  const regional = (Object.keys(groups) as GroupName[]).filter((name) => name !== 'edge');
  return [
    '@startuml',
    `title ${title}`,
    '',
    included('AWSCommon'),
    included('Groups/all'),
    ...includesOf(nodes),
    '',
    "' Groups are rectangles with a custom style using stereotype - need to hide",
    'hide stereotype',
    'left to right direction',
    'skinparam rectangle {',
    '  BackgroundColor AWS_BG_COLOR',
    '  BorderColor transparent',
    '}',
    '',
    ...nodes.filter((node) => !node.group).map((node) => rectangle(node, '')),
    '',
    'AWSCloudGroup(cloud) {',
    ...inGroup('edge', '  '),
    `  RegionGroup(region, "Region ${region}") {`,
    ...regional.flatMap((name) => inGroup(name, '    ')),
    '  }',
    '}',
    '',
    ...edges.map((edge) => arrow(leftToRight(edge, nodes))),
    ...hiddenLinks(diagram),
    '',
    ...legend(edges),
    '',
    '@enduml',
    '',
  ].join('\n');
}

function includesOf(nodes: readonly DiagramNode[]): string[] {
  const icons = nodes.map(({ kind }) => included(kinds[kind].icon));
  return [...new Set(icons)].sort();
}

function included(file: string): string {
  return `!include <${ICONS}/${file}>`;
}

function groupOf(name: GroupName, nodes: readonly DiagramNode[], indent: string): string[] {
  const members = nodes.filter(({ group }) => group === name);
  if (members.length === 0) return [];
  const inner = members.map((node) => rectangle(node, `${indent}  `));
  return [`${indent}GenericGroup(group_${name}, "${groups[name]}") {`, ...inner, `${indent}}`];
}

function rectangle({ id, kind, title, details }: DiagramNode, indent: string): string {
  const { icon, service } = kinds[kind];
  const name = icon.slice(icon.indexOf('/') + 1);
  const lines = [`$${name}IMG()`, ...(service === title ? [] : [service]), title, ...details];
  return `${indent}rectangle "${lines.map(plain).join('\\n')}" as ${id}`;
}

/** Graphviz puts the end of a line to the right of its start: what the columns are, from the people on. */
const COLUMNS: readonly (GroupName | undefined)[] = [
  undefined,
  'edge',
  'objects',
  'identity',
  'api',
  'messages',
  'workers',
  'tables',
  'operations',
];

function columnOf(id: string, nodes: readonly DiagramNode[]): number {
  return COLUMNS.indexOf(nodes.find((node) => node.id === id)?.group);
}

/** The same line, told from the end that stands to the left. */
function leftToRight(edge: DiagramEdge, nodes: readonly DiagramNode[]): DiagramEdge {
  if (columnOf(edge.from, nodes) <= columnOf(edge.to, nodes)) return edge;
  return { ...edge, from: edge.to, to: edge.from, forward: edge.back, back: edge.forward };
}

/** Nodes without lines would be strewn over the picture: they are held behind the people, or behind the tables. */
function hiddenLinks({ nodes, edges }: Diagram): string[] {
  const connected = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const people = nodes.find(({ kind }) => kind === 'people');
  const table = nodes.findLast(({ kind }) => kind === 'table');
  return nodes.flatMap(({ id, group }) => {
    const holder = group === 'edge' ? people : table;
    return connected.has(id) || !holder || holder.id === id ? [] : [`${holder.id} -[hidden]-> ${id}`];
  });
}

/** What the lines and numbers of this picture mean. */
function legend(edges: readonly DiagramEdge[]): string[] {
  const relations = (Object.keys(RELATIONS) as Relation[]).filter((name) =>
    edges.some(({ relation }) => relation === name),
  );
  const shown = new Set(edges.map(({ step }) => String(step)));
  const numbers = (Object.keys(steps) as unknown as Step[]).filter((step) => shown.has(String(step)));
  return [
    'legend left',
    ...relations.map((name) => `| <color:${RELATIONS[name].light}>**→**</color> | ${RELATIONS[name].means} |`),
    ...numbers.map((number) => `| ${CALLOUTS[number]} | ${steps[number]} |`),
    'endlegend',
  ];
}

function arrow({ from, to, relation, forward, back, label, step }: DiagramEdge): string {
  const shaft = `${back ? '<' : ''}-[${RELATIONS[relation].light}]-${forward ? '>' : ''}`;
  const words = [...(step ? [`<size:18>${CALLOUTS[step]}</size>`] : []), ...(label ? [plain(label)] : [])].join('\\l');
  return `${from} ${shaft} ${to}${words ? `: ${words}` : ''}`;
}

/** Without what PlantUML reads as markup. */
function plain(text: string): string {
  return text.replaceAll('"', "'").replaceAll('/*', '/~*');
}

import { kinds } from './kinds.ts';
import { type Diagram, type DiagramEdge, type DiagramNode, type GroupName, groups } from './model.ts';
import { RELATIONS } from './theme.ts';

const ICONS = 'https://raw.githubusercontent.com/awslabs/aws-icons-for-plantuml/v15.0/dist';

/** The picture as PlantUML with AWS's icons, for those who draw on: https://github.com/awslabs/aws-icons-for-plantuml */
export function plantUmlOf(diagram: Diagram): string {
  const { title, region, nodes, edges } = diagram;
  const inGroup = (name: GroupName, indent: string): string[] => groupOf(name, nodes, indent);
  const regional = (Object.keys(groups) as GroupName[]).filter((name) => name !== 'edge');
  return [
    '@startuml',
    `title ${title}`,
    '',
    `!define AWSPuml ${ICONS}`,
    '',
    '!include AWSPuml/AWSCommon.puml',
    '!include AWSPuml/AWSExperimental.puml',
    '!include AWSPuml/Groups/all.puml',
    ...includesOf(nodes),
    '',
    "' Groups are rectangles with a custom style using stereotype - need to hide",
    'hide stereotype',
    'left to right direction',
    'skinparam linetype ortho',
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
    ...edges.map(arrow),
    '',
    '@enduml',
    '',
  ].join('\n');
}

function includesOf(nodes: readonly DiagramNode[]): string[] {
  const icons = nodes.map(({ kind }) => `!include AWSPuml/${kinds[kind].icon}.puml`);
  return [...new Set(icons)].sort();
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

function arrow({ from, to, relation, forward, back, label, step }: DiagramEdge): string {
  const shaft = `${back ? '<' : ''}-[${RELATIONS[relation].light}]-${forward ? '>' : ''}`;
  const words = [...(step ? [`<$Callout_${step}>`] : []), ...(label ? [plain(label)] : [])].join('\\l');
  return `${from} ${shaft} ${to}${words ? `: ${words}` : ''}`;
}

/** Without what PlantUML reads as markup. */
function plain(text: string): string {
  return text.replaceAll('"', "'").replaceAll('/*', '/~*');
}

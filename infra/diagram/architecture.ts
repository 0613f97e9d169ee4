import { rungs } from '../rungs.ts';
import type { SynthesizedTarget } from '../targets.ts';
import { edgesOf } from './edges.ts';
import type { Diagram, DiagramNode } from './model.ts';
import { nodesOf } from './nodes.ts';
import { terraformGraph } from './terraformGraph.ts';

const people: DiagramNode = { id: 'people', kind: 'people', title: 'People', details: [] };

/** The picture of a deployment: everything in it was read from its Terraform, except the people. */
export function architectureOf({
  target,
  config,
  stacks,
}: Pick<SynthesizedTarget, 'target' | 'config' | 'stacks'>): Diagram {
  const graph = terraformGraph(stacks);
  const nodes = nodesOf(graph);
  const { title, from, to } = rungs[target.rung];
  return {
    title: `Hiroba at ${title}`,
    subtitle: `${from.toLocaleString('en-US')} to ${to.toLocaleString('en-US')} users a month`,
    region: config.region,
    nodes: [people, ...nodes.all],
    edges: edgesOf(graph, nodes, people),
  };
}

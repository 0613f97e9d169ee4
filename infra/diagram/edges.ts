import type { Json } from '../targets.ts';
import { accessOf } from './access.ts';
import type { DiagramEdge, DiagramNode, Relation, Step } from './model.ts';
import type { Nodes } from './nodes.ts';
import { blocksOf, type Resource, type TerraformGraph } from './terraformGraph.ts';

/** The lines of the picture, one for each pair of nodes and relation. */
export function edgesOf(graph: TerraformGraph, nodes: Nodes, people: DiagramNode): readonly DiagramEdge[] {
  const lines = new Lines();
  visits(lines, { nodes, people });
  origins(lines, graph, nodes);
  requests(lines, graph, nodes);
  publicRequests(lines, graph, nodes);
  events(lines, graph, nodes);
  grants(lines, graph, nodes);
  // Whoever watches is connected to everything.
  const watching = nodes.all.filter(({ group }) => group === 'operations').map(({ id }) => id);
  return lines.all().filter(({ from, to }) => !watching.includes(from) && !watching.includes(to));
}

/** A line that is drawn twice is one line: with the arrows of both. */
class Lines {
  readonly #edges = new Map<string, DiagramEdge>();

  add(edge: Omit<DiagramEdge, 'forward' | 'back'> & { readonly forward?: boolean; readonly back?: boolean }): void {
    const key = `${edge.from} ${edge.to} ${edge.relation}`;
    const known = this.#edges.get(key);
    this.#edges.set(key, {
      ...known,
      ...edge,
      forward: (known?.forward ?? false) || (edge.forward ?? true),
      back: (known?.back ?? false) || (edge.back ?? false),
    });
  }

  all(): readonly DiagramEdge[] {
    return [...this.#edges.values()];
  }
}

/** What a visitor does. Terraform knows the doors, not who comes in. */
function visits(lines: Lines, { nodes, people }: { readonly nodes: Nodes; readonly people: DiagramNode }): void {
  const doors = [
    { kind: 'cdn', step: 1, label: 'visit' },
    { kind: 'userPool', step: 3, label: 'sign in' },
    { kind: 'api', step: 5, label: 'GraphQL' },
  ] as const;
  for (const { kind, step, label } of doors)
    for (const { id } of nodes.ofKind(kind))
      lines.add({ from: people.id, to: id, relation: 'request', back: true, step, label });
}

/** Where CloudFront gets what it answers with. The paths are small print of the origin's node. */
function origins(lines: Lines, graph: TerraformGraph, nodes: Nodes): void {
  for (const distribution of graph.ofType('aws_cloudfront_distribution')) {
    const { args, stack } = distribution;
    const from = nodes.nodeOf(distribution);
    const site = blocksOf(args['default_cache_behavior'])[0]?.['target_origin_id'];
    for (const origin of blocksOf(args['origin']))
      for (const to of reached(graph, nodes, origin['domain_name'], stack)) {
        const step: { step?: Step } = origin['origin_id'] === site ? { step: 2 } : {};
        if (from) lines.add({ from: from.id, to: to.id, relation: 'request', forward: false, back: true, ...step });
      }
  }
}

/** Arguments by which one resource sends requests to another. */
const REQUESTS: readonly { readonly type: string; readonly argument: string; readonly label?: string }[] = [
  { type: 'aws_appsync_graphql_api', argument: 'user_pool_config', label: 'tokens' },
  { type: 'aws_cognito_user_pool', argument: 'lambda_config', label: 'triggers' },
  { type: 'aws_cognito_identity_pool', argument: 'cognito_identity_providers', label: 'tokens' },
];

function requests(lines: Lines, graph: TerraformGraph, nodes: Nodes): void {
  for (const { type, argument, label } of REQUESTS)
    for (const resource of graph.ofType(type)) {
      const from = nodes.nodeOf(resource);
      for (const to of reached(graph, nodes, resource.args[argument], resource.stack))
        if (from && from !== to)
          lines.add({ from: from.id, to: to.id, relation: 'request', ...(label ? { label } : {}) });
    }
}

/** Functions that ask the API as the public does, with a key. */
function publicRequests(lines: Lines, graph: TerraformGraph, nodes: Nodes): void {
  for (const lambda of graph.ofType('aws_lambda_function')) {
    const from = nodes.nodeOf(lambda);
    for (const named of graph.referencesIn(lambda.args['environment'], lambda.stack)) {
      const to = named.type === 'aws_appsync_api_key' ? nodes.nodeOf(named) : undefined;
      if (from && to) lines.add({ from: from.id, to: to.id, relation: 'request', back: true });
    }
  }
}

/** Arguments by which what happens at one resource starts another. */
const EVENTS: readonly { readonly type: string; readonly source: string; readonly target: string }[] = [
  { type: 'aws_lambda_event_source_mapping', source: 'event_source_arn', target: 'function_name' },
  { type: 'aws_s3_bucket_notification', source: 'bucket', target: 'queue' },
  { type: 'aws_s3_bucket_notification', source: 'bucket', target: 'lambda_function' },
  { type: 'aws_cloudwatch_log_subscription_filter', source: 'log_group_name', target: 'destination_arn' },
  { type: 'aws_sns_topic_subscription', source: 'topic_arn', target: 'endpoint' },
];

function events(lines: Lines, graph: TerraformGraph, nodes: Nodes): void {
  for (const { type, source, target } of EVENTS)
    for (const { args, stack } of graph.ofType(type))
      for (const from of reached(graph, nodes, args[source], stack))
        for (const to of reached(graph, nodes, args[target], stack))
          lines.add({
            from: from.id,
            to: to.id,
            relation: 'event',
            ...(from.kind === 'table' && to.kind === 'lambda' ? { step: 4 } : {}),
          });
  const own = [
    { type: 'aws_scheduler_schedule', argument: 'target', kind: undefined },
    { type: 'aws_sqs_queue', argument: 'redrive_policy', kind: undefined },
    { type: 'aws_cloudwatch_metric_alarm', argument: 'alarm_actions', kind: 'topic' },
  ] as const;
  for (const { type, argument, kind } of own)
    for (const resource of graph.ofType(type)) {
      const from = nodes.nodeOf(resource);
      for (const to of reached(graph, nodes, resource.args[argument], resource.stack))
        if (from && from !== to && to.kind !== 'roles' && (!kind || to.kind === kind))
          lines.add({ from: from.id, to: to.id, relation: 'event' });
    }
}

/** What the API and the functions may read and write, and which functions publish through the API. */
function grants(lines: Lines, graph: TerraformGraph, nodes: Nodes): void {
  const uses = usesOfDataSources(graph);
  const counts = new Map<string, Set<Resource>>();
  for (const { holder, target, reads, writes } of accessOf(graph)) {
    const [from, to] = [nodes.nodeOf(holder), nodes.nodeOf(target)];
    if (!from || !to || from === to) continue;
    const key = `${from.id} ${to.id}`;
    for (const use of uses.get(holder) ?? []) counts.set(key, (counts.get(key) ?? new Set()).add(use));
    const count = counts.get(key)?.size;
    lines.add({
      from: from.id,
      to: to.id,
      relation: relationOf(from, to),
      forward: writes,
      back: reads,
      ...(count ? { label: `${count}×` } : {}),
      ...(from.kind === 'api' && to.kind === 'table' ? { step: 7 } : {}),
    });
  }
}

function relationOf(from: DiagramNode, to: DiagramNode): Relation {
  if (to.kind === 'api') return 'publish';
  return from.kind === 'api' ? 'data' : 'work';
}

/** The resolvers and functions that use a data source. */
function usesOfDataSources(graph: TerraformGraph): ReadonlyMap<Resource, readonly Resource[]> {
  const result = new Map<Resource, Resource[]>();
  for (const user of [...graph.ofType('aws_appsync_resolver'), ...graph.ofType('aws_appsync_function')])
    for (const source of graph.referencesIn(user.args['data_source'], user.stack))
      result.set(source, [...(result.get(source) ?? []), user]);
  return result;
}

function reached(graph: TerraformGraph, nodes: Nodes, value: Json | undefined, stack: string): readonly DiagramNode[] {
  return graph.referencesIn(value, stack).flatMap((resource) => nodes.nodeOf(resource) ?? []);
}

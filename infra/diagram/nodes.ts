import { type Counted, drawnAlone, drawnTogether, type KindName, notNodes, partOf } from './kinds.ts';
import type { DiagramNode } from './model.ts';
import { blocksOf, type Resource, type TerraformGraph, textOf } from './terraformGraph.ts';

/** Which node a resource is drawn as. */
export interface Nodes {
  readonly all: readonly DiagramNode[];
  /** Undefined for what is a line or a setting. */
  nodeOf(resource: Resource): DiagramNode | undefined;
  ofKind(kind: KindName): readonly DiagramNode[];
}

/** @throws Error for a type of resource that `kinds.ts` does not place, so that nothing is missing from the picture unseen. */
export function nodesOf(graph: TerraformGraph): Nodes {
  const unknown = graph.resources.filter(({ type }) => !isPlaced(type)).map(({ type, id }) => `${type}.${id}`);
  if (unknown.length > 0)
    throw new Error(
      `infra/diagram/kinds.ts does not say how to draw ${unknown.join(', ')}: add the types to a table there`,
    );

  const byResource = new Map<Resource, DiagramNode>();
  const nodes = drawnTogether.flatMap((row, at) => {
    const members = graph.resources.filter(
      (resource) =>
        !byResource.has(resource) &&
        resource.type in row.types &&
        (row.stack ?? resource.stack) === resource.stack &&
        (!row.namedBy || namedBy(row.namedBy, graph).includes(resource)),
    );
    if (members.length === 0) return [];
    const node = together(row, members, `${row.kind}_group${at}`);
    for (const member of members) byResource.set(member, node);
    return [node];
  });
  const deadLetters = deadLettersOf(graph);
  for (const resource of graph.resources) {
    const place = drawnAlone[resource.type];
    if (!place || byResource.has(resource) || deadLetters.has(resource)) continue;
    const node = alone(resource, place, graph);
    byResource.set(resource, node);
    nodes.push(node);
  }
  for (const [queue, owner] of deadLetters) {
    const node = byResource.get(owner);
    if (node) byResource.set(queue, node);
  }
  const all: readonly DiagramNode[] = nodes;
  return {
    all,
    nodeOf: (resource) => byResource.get(ownerOf(resource, graph)),
    ofKind: (kind) => all.filter((node) => node.kind === kind),
  };
}

function isPlaced(type: string): boolean {
  return (
    type in drawnAlone || type in partOf || type in notNodes || drawnTogether.some((counted) => type in counted.types)
  );
}

function alone(resource: Resource, { kind, group }: (typeof drawnAlone)[string], graph: TerraformGraph): DiagramNode {
  const describe = details[resource.type];
  const paths = pathsOf(resource, graph);
  return {
    id: `${kind}_${resource.id}`.replaceAll(/\W/g, '_'),
    kind,
    // A function that the edge asks is a way into the API, not a worker behind it.
    group: kind === 'lambda' && paths.length > 0 ? 'api' : group,
    title: resource.id,
    details: [...(describe ? describe(resource, graph) : []), ...paths],
  };
}

function together({ kind, group, title, types }: Counted, members: readonly Resource[], id: string): DiagramNode {
  const phrases = Object.entries(types).flatMap(([type, [one, several]]) => {
    const count = members.filter((member) => member.type === type).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : several}`];
  });
  return { id, kind, group, title, details: phrases.length > 4 ? inPairs(phrases) : phrases };
}

function inPairs(phrases: readonly string[]): readonly string[] {
  return phrases.flatMap((_, at) => (at % 2 === 0 ? [phrases.slice(at, at + 2).join(' · ')] : []));
}

function namedBy(types: readonly string[], graph: TerraformGraph): readonly Resource[] {
  return types.flatMap((type) => graph.ofType(type)).flatMap(({ args, stack }) => graph.referencesIn(args, stack));
}

/** Queues that only keep what a function has given up: they are part of the function's node. */
function deadLettersOf(graph: TerraformGraph): ReadonlyMap<Resource, Resource> {
  const mappings = graph.ofType('aws_lambda_event_source_mapping');
  const kept = mappings.flatMap(({ args, stack }) => {
    const [owner] = graph.referencesIn(args['function_name'], stack).map((resource) => ownerOf(resource, graph));
    const queues = graph.referencesIn(args['destination_config'], stack);
    return queues.flatMap((queue) => (owner ? [[queue, owner] as const] : []));
  });
  return new Map(kept);
}

/** What a part belongs to, or the resource itself. */
function ownerOf(resource: Resource, graph: TerraformGraph): Resource {
  const parent = partOf[resource.type];
  const [owner] = parent ? graph.referencesIn(resource.args[parent], resource.stack) : [];
  return owner ? ownerOf(owner, graph) : resource;
}

/** The paths of the edge at which an origin's answers are found. */
function pathsOf(resource: Resource, graph: TerraformGraph): readonly string[] {
  return graph.ofType('aws_cloudfront_distribution').flatMap(({ args, stack }) => {
    const own = blocksOf(args['origin']).filter((origin) =>
      graph.referencesIn(origin['domain_name'], stack).some((named) => ownerOf(named, graph) === resource),
    );
    const behaviours = [...blocksOf(args['default_cache_behavior']), ...blocksOf(args['ordered_cache_behavior'])];
    const answered = behaviours.filter(({ target_origin_id: id }) => own.some(({ origin_id }) => origin_id === id));
    return answered.map(({ path_pattern: path }) => textOf(path) || '/*');
  });
}

/** The small print of a node: what a reader of the picture asks first. */
const details: Readonly<Record<string, (resource: Resource, graph: TerraformGraph) => readonly string[]>> = {
  aws_dynamodb_table: ({ args }) => {
    const indexes = blocksOf(args['global_secondary_index']).map(({ name }) => textOf(name));
    const capacity = args['billing_mode'] === 'PROVISIONED' ? 'provisioned' : 'on demand';
    return [
      [capacity, ...(blocksOf(args['ttl']).some(({ enabled }) => enabled === true) ? ['expires'] : [])].join(' · '),
      ...(indexes.length > 0 ? [indexes.join(', ')] : []),
    ];
  },
  aws_appsync_graphql_api: (_, graph) => {
    const count = (type: string): number => graph.ofType(type).length;
    return [
      `${count('aws_appsync_resolver')} resolvers`,
      `${count('aws_appsync_function')} functions`,
      `${count('aws_appsync_datasource')} data sources`,
      ...graph.ofType('aws_appsync_api_cache').map(({ args }) => `cache ${textOf(args['type'])}`),
    ];
  },
  aws_lambda_function: (lambda, graph) => [
    `${textOf(lambda.args['memory_size'])} MB · ${textOf(lambda.args['timeout'])} s`,
    ...([...deadLettersOf(graph).values()].includes(lambda) ? ['keeps what failed'] : []),
  ],
  aws_cognito_user_pool: (_, graph) => {
    const groupIds = graph.ofType('aws_cognito_user_group').map(({ id }) => id);
    return groupIds.length > 0 ? ['groups:', ...groupIds] : [];
  },
  aws_cloudfront_distribution: ({ args }) => [
    textOf(args['http_version']).replace('http', 'HTTP/').replace('and', ', '),
  ],
  aws_scheduler_schedule: ({ args }) => [textOf(args['schedule_expression'])],
};

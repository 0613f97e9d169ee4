import { argumentsOf, type ResolvedResource } from '../resources/resourceType.ts';
import type { JsonObject } from '../json.ts';
import type { ResourceSet } from './resourceSet.ts';

/** Units a second that a table or an index serves, and how. */
export interface Throughput {
  readonly reads: number;
  readonly writes: number;
  readonly mode: 'PROVISIONED' | 'PAY_PER_REQUEST';
}

/** What a new table on demand is ready for. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html */
const NEW_TABLE = { reads: 12_000, writes: 4_000 };

/** By the name of the table, and of its index as `table/index`. */
export function throughputDefinitions(resources: ResourceSet): ReadonlyMap<string, Throughput> {
  return new Map(resources.ofType('aws_dynamodb_table').flatMap(ofTable));
}

function ofTable(resource: ResolvedResource): (readonly [string, Throughput])[] {
  const read = argumentsOf(resource);
  const name = read.string('name');
  const onDemand = resource.args['billing_mode'] === 'PAY_PER_REQUEST';
  const of = (block: JsonObject): Throughput => (onDemand ? warm(block) : provisioned(block));
  return [
    [name, of(resource.args)],
    ...read.blocks('global_secondary_index').map((block) => [`${name}/${String(block['name'])}`, of(block)] as const),
  ];
}

function warm({ warm_throughput: block }: JsonObject): Throughput {
  const [asked] = [block ?? []].flat() as JsonObject[];
  return {
    reads: Number(asked?.['read_units_per_second'] ?? NEW_TABLE.reads),
    writes: Number(asked?.['write_units_per_second'] ?? NEW_TABLE.writes),
    mode: 'PAY_PER_REQUEST',
  };
}

/** As it is deployed: autoscaling does not run here. */
function provisioned(block: JsonObject): Throughput {
  return {
    reads: Number(block['read_capacity'] ?? 0),
    writes: Number(block['write_capacity'] ?? 0),
    mode: 'PROVISIONED',
  };
}

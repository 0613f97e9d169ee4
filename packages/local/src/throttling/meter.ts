import type { Clock } from '../clock.ts';
import type { Throughput } from '../definitions/throughput.ts';
import type { JsonObject } from '../json.ts';
import type { Partition } from '../services/dynamodb/index.ts';
import { type Bucket, bucketOf } from './bucket.ts';

type Direction = 'reads' | 'writes';

/** One partition. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html */
const PARTITION = { reads: 3_000, writes: 1_000 };
/** Provisioned capacity that was not used is kept so long; on demand there is none. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/burst-adaptive-capacity.html */
const BURST_SECONDS = { PROVISIONED: 300, PAY_PER_REQUEST: 0 };
/** Of that many keys at most it is remembered what they used; full ones are forgotten first. */
const MOST_KEYS = 10_000;

export interface Meter {
  /** Whether the table or index and the partition of each have something left. */
  admits(partitions: readonly Partition[], direction: Direction): boolean;
  take(partitions: readonly Partition[], direction: Direction, consumed: readonly JsonObject[]): void;
  /** Of the first of them. */
  mode(partitions: readonly Partition[]): Throughput['mode'];
}

export function createMeter(throughput: () => ReadonlyMap<string, Throughput>, clock: Clock): Meter {
  const stores = new Map<string, { readonly rate: number; readonly bucket: Bucket }>();
  const keys = new Map<string, Bucket>();

  function store(name: string, direction: Direction): Bucket | null {
    const known = throughput().get(name);
    if (!known) return null;
    const id = `${direction} ${name}`;
    const found = stores.get(id);
    // A reload may have changed the capacity.
    if (found?.rate === known[direction]) return found.bucket;
    const bucket = bucketOf(known[direction], 1 + BURST_SECONDS[known.mode], clock.now());
    stores.set(id, { rate: known[direction], bucket });
    return bucket;
  }

  function key(partition: Partition, direction: Direction): Bucket {
    const id = `${direction} ${nameOf(partition)} ${partition.key}`;
    const found = keys.get(id);
    if (found) return found;
    if (keys.size >= MOST_KEYS) forgetFull();
    const bucket = bucketOf(PARTITION[direction], 1, clock.now());
    keys.set(id, bucket);
    return bucket;
  }

  function forgetFull(): void {
    const now = clock.now();
    for (const [id, bucket] of keys) if (bucket.isFull(now)) keys.delete(id);
  }

  return {
    admits(partitions, direction) {
      const now = clock.now();
      return partitions.every(
        (partition) =>
          (store(nameOf(partition), direction)?.hasSome(now) ?? true) && key(partition, direction).hasSome(now),
      );
    },
    take(partitions, direction, consumed) {
      const now = clock.now();
      for (const [name, units] of consumed.flatMap(unitsOf)) {
        store(name, direction)?.take(units, now);
        const touched = partitions.filter((partition) => nameOf(partition) === name);
        for (const partition of touched) key(partition, direction).take(units / touched.length, now);
      }
    },
    mode: ([first]) => (first && throughput().get(nameOf(first))?.mode) ?? 'PAY_PER_REQUEST',
  };
}

const nameOf = ({ table, index }: Partition): string => (index === null ? table : `${table}/${index}`);

/** Of a `ConsumedCapacity` with its indexes. */
function unitsOf({ TableName: table, Table: own, GlobalSecondaryIndexes: indexes }: JsonObject): [string, number][] {
  const units = (capacity: JsonObject[string]): number => Number((capacity as JsonObject)['CapacityUnits']);
  return [
    [String(table), own ? units(own) : 0],
    ...Object.entries((indexes ?? {}) as JsonObject).map(([index, capacity]): [string, number] => [
      `${String(table)}/${index}`,
      units(capacity as JsonObject),
    ]),
  ];
}

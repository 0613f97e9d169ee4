import { createHash } from 'node:crypto';
import type { EventStream, StreamFaults, StreamMapping, StreamRecord } from '../services/lambda/index.ts';
import type { Faults } from './faults.ts';

const LONGEST_DELAY_MILLISECONDS = 40;

/** Decisions by the contents of records, since their numbers differ from run to run. `address` is that of the mapping. */
export function streamFaults(faults: Faults, address: string): StreamFaults {
  const keyOf = (record: StreamRecord): string => `${address} ${contentOf(record)}`;
  return {
    cut(records) {
      const key = keyOf(records[0]!);
      if (records.length === 1 || !faults.strikes('streamCut', key)) return records.length;
      return 1 + Math.floor(faults.fraction('streamCut', key) * (records.length - 1));
    },
    delay(records) {
      const key = keyOf(records[0]!);
      if (!faults.strikes('streamDelayed', key)) return 0;
      return faults.fraction('streamDelayed', key) * LONGEST_DELAY_MILLISECONDS;
    },
    forgets: (records) => faults.strikes('streamRedelivered', keyOf(records.at(-1)!)),
  };
}

const contentOf = ({ eventName, dynamodb }: StreamRecord): string =>
  JSON.stringify([eventName, { ...dynamodb, SequenceNumber: null, ApproximateCreationDateTime: null }]);

/**
 * A stream as several shards, each with the records of its partition keys. As on AWS the order within a key is kept, and
 * that between keys is not once the shards are read side by side.
 */
export function shardsOf(
  stream: EventStream,
  { count, partitionKey }: { readonly count: number; readonly partitionKey: string },
): readonly EventStream[] {
  if (count === 1) return [stream];
  return Array.from({ length: count }, (_, index) => ({
    ...stream,
    read: (after, limit) =>
      readSome(stream, { after, limit }, (record) => shardOf(record, partitionKey, count) === index),
  }));
}

function shardOf(record: StreamRecord, partitionKey: string, count: number): number {
  const { Keys: keys } = record.dynamodb as unknown as { readonly Keys: Readonly<Record<string, unknown>> };
  return createHash('md5').update(JSON.stringify(keys[partitionKey])).digest().readUInt32BE() % count;
}

function readSome(
  stream: EventStream,
  { after, limit }: { readonly after: string | null; readonly limit: number },
  isWanted: (record: StreamRecord) => boolean,
): readonly StreamRecord[] {
  const found: StreamRecord[] = [];
  for (let position = after; ;) {
    const page = stream.read(position, limit);
    found.push(...page.filter(isWanted));
    if (page.length === 0 || found.length >= limit) return found.slice(0, limit);
    position = page.at(-1)!.dynamodb.SequenceNumber;
  }
}

/** The mappings of all shards of a stream, as one. */
export function together(mappings: readonly StreamMapping[]): StreamMapping {
  const all = async (act: (mapping: StreamMapping) => Promise<void>): Promise<void> => {
    await Promise.all(mappings.map(act));
  };
  return {
    start: () => all((mapping) => mapping.start()),
    stop: () => all((mapping) => mapping.stop()),
    idle: () => all((mapping) => mapping.idle()),
  };
}

import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { EventRecord } from './streamRecords.ts';

/** Lambda takes 6 MB of event. */
const MAX_EVENT_BYTES = 5 * 1024 * 1024;
/** As the mappings do: what a function does in one run has its time limit. */
const MAX_RECORDS = 100;

/**
 * Gives a function records of a stream, as its mapping does.
 * @returns what it failed at, in words; null when it has done them all.
 */
export async function handOver(
  lambda: LambdaClient,
  functionArn: string,
  records: readonly EventRecord[],
): Promise<string | null> {
  for (const Records of batchesOf(records)) {
    const answer = await lambda.send(
      new InvokeCommand({ FunctionName: functionArn, Payload: Buffer.from(JSON.stringify({ Records })) }),
    );
    const text = Buffer.from(answer.Payload ?? []).toString('utf8');
    if (answer.FunctionError !== undefined) return `the function failed: ${text.slice(0, 500)}`;
    const { batchItemFailures = [] } = (JSON.parse(text) ?? {}) as { readonly batchItemFailures?: readonly Failure[] };
    const [first] = batchItemFailures;
    if (first) return `the function failed at the record ${first.itemIdentifier}: its log says why`;
  }
  return null;
}

interface Failure {
  readonly itemIdentifier: string;
}

function* batchesOf(records: readonly EventRecord[]): Generator<readonly EventRecord[]> {
  let batch: EventRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = Buffer.byteLength(JSON.stringify(record));
    if (batch.length === MAX_RECORDS || (batch.length > 0 && bytes + size > MAX_EVENT_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(record);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

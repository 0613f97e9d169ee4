import type { DestinationMessage } from '../asynchronous/records.ts';
import type { StreamRecord } from './eventStream.ts';

/** Why records are given up; AWS documents the first name and not the second. */
export type GivenUpCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** The last time that the function was called with the records. */
export interface LastAttempt {
  readonly requestId: string;
  readonly functionError?: 'Unhandled';
}

export interface GivenUp {
  readonly records: readonly StreamRecord[];
  readonly condition: GivenUpCondition;
  readonly attempts: number;
  /** Null when they were too old before the first. */
  readonly last: LastAttempt | null;
}

export interface FailedMapping {
  readonly functionArn: string;
  readonly streamArn: string;
  readonly shardId: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Lambda Developer Guide, "Retain discarded batch records in DynamoDB and Lambda": not the records, but where they are in the
 * stream, which keeps them for a day.
 */
export function failureRecord(
  { records, condition, attempts, last }: GivenUp,
  mapping: FailedMapping,
): DestinationMessage {
  const [first, final] = [records[0]!.dynamodb, records.at(-1)!.dynamodb];
  const record = {
    requestContext: {
      ...(last && { requestId: last.requestId }),
      functionArn: mapping.functionArn,
      condition,
      approximateInvokeCount: attempts,
    },
    ...(last && {
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        ...(last.functionError && { functionError: last.functionError }),
      },
    }),
    version: '1.0',
    timestamp: new Date(mapping.now).toISOString(),
    DDBStreamBatchInfo: {
      shardId: mapping.shardId,
      startSequenceNumber: first.SequenceNumber,
      endSequenceNumber: final.SequenceNumber,
      approximateArrivalOfFirstRecord: isoSeconds(first.ApproximateCreationDateTime),
      approximateArrivalOfLastRecord: isoSeconds(final.ApproximateCreationDateTime),
      batchSize: records.length,
      streamArn: mapping.streamArn,
    },
  };
  return { body: JSON.stringify(record) };
}

const isoSeconds = (epochSeconds: number): string => new Date(epochSeconds * 1000).toISOString().replace('.000Z', 'Z');

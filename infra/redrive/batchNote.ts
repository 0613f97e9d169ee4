/** What Lambda notes of a batch of a stream that it gave up; the records themselves are in the stream, for a day. */
export interface BatchNote {
  /** With version or alias, as the mapping has it. */
  readonly functionArn: string;
  /** `RetryAttemptsExhausted` and the like. */
  readonly condition: string;
  readonly attempts: number;
  readonly streamArn: string;
  readonly shardId: string;
  readonly firstNumber: string;
  readonly lastNumber: string;
  readonly batchSize: number;
  /** When the first record was written, ISO 8601. */
  readonly since: string;
}

/** Lambda Developer Guide, "Retain discarded batch records". Null: the text is no such note. */
export function readBatchNote(text: string): BatchNote | null {
  try {
    const { requestContext, DDBStreamBatchInfo: batch } = JSON.parse(text) as {
      readonly requestContext: Readonly<Record<string, unknown>>;
      readonly DDBStreamBatchInfo: Readonly<Record<string, unknown>>;
    };
    const note = {
      functionArn: String(requestContext['functionArn']),
      condition: String(requestContext['condition']),
      attempts: Number(requestContext['approximateInvokeCount']),
      streamArn: String(batch['streamArn']),
      shardId: String(batch['shardId']),
      firstNumber: String(batch['startSequenceNumber']),
      lastNumber: String(batch['endSequenceNumber']),
      batchSize: Number(batch['batchSize']),
      since: String(batch['approximateArrivalOfFirstRecord']),
    };
    return /^arn:.*:table\/.*\/stream\//.test(note.streamArn) && /^\d+$/.test(note.firstNumber) ? note : null;
  } catch {
    return null;
  }
}

/** Numbers of up to 40 digits. */
export const isBehind = (number: string, other: string): boolean => BigInt(number) > BigInt(other);

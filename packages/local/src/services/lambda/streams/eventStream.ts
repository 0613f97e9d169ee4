/** What a mapping needs of a record; the whole of it goes to the function as an element of `Records`. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: string;
  readonly dynamodb: {
    readonly SequenceNumber: string;
    /** Epoch seconds. */
    readonly ApproximateCreationDateTime: number;
  };
}

/** A DynamoDB stream as one shard, read in process. */
export interface EventStream {
  readonly arn: string;
  readonly shardId: string;
  /** The oldest records behind this one, in order; from the start for `null`. Expired records are skipped. */
  read(afterSequenceNumber: string | null, limit: number): readonly StreamRecord[];
  latestSequenceNumber(): string | null;
  /** Calls the listener when there is something new; returns what ends that. */
  onAppend(listener: () => void): () => void;
}

/** DynamoDB Streams keep a record for 24 hours. */
export const RETENTION_SECONDS = 86_400;

/** Sequence numbers are decimal numbers of up to 40 digits without leading zeros. */
export function isAtOrAfter(sequenceNumber: string, other: string): boolean {
  if (sequenceNumber.length !== other.length) return sequenceNumber.length > other.length;
  return sequenceNumber >= other;
}

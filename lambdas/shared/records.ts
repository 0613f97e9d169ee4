import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';

/** An item as the stream shows it. */
export type Image = Readonly<Record<string, unknown>>;

/** One change of one item. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html */
export interface Change {
  /** The same each time the change is delivered. */
  readonly eventId: string;
  /** What Lambda knows the record by. */
  readonly sequenceNumber: string;
  /** When the change was made, epoch seconds. */
  readonly at: number;
  /** Null: the item was not there. */
  readonly before: Image | null;
  /** Null: the item is gone. */
  readonly after: Image | null;
  /** DynamoDB removed the item, since its time to live was over. */
  readonly expired: boolean;
}

/** A record that no second delivery makes better: it is logged and left out. */
export class MalformedRecord extends Error {
  override readonly name = 'MalformedRecord';
}

/** @throws MalformedRecord */
export function readRecord({ eventID, dynamodb, userIdentity }: DynamoDBRecord): Change {
  const { SequenceNumber, ApproximateCreationDateTime, NewImage, OldImage } = dynamodb ?? {};
  if (!eventID) throw new MalformedRecord('the record has no eventID');
  if (!SequenceNumber) throw new MalformedRecord('the record has no SequenceNumber');
  if (typeof ApproximateCreationDateTime !== 'number') {
    throw new MalformedRecord('the record has no ApproximateCreationDateTime');
  }
  if (!NewImage && !OldImage) throw new MalformedRecord('the record has no image: the stream must show both');
  return {
    eventId: eventID,
    sequenceNumber: SequenceNumber,
    at: Math.floor(ApproximateCreationDateTime),
    before: imageOf(OldImage),
    after: imageOf(NewImage),
    expired: isTimeToLive(userIdentity),
  };
}

/** What began a change, where the item says it: the trace id of a GraphQL request. */
export function traceOf({ before, after }: Change): string | undefined {
  const trace = (after ?? before)?.trace;
  return typeof trace === 'string' ? trace : undefined;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html */
function isTimeToLive(identity: DynamoDBRecord['userIdentity']): boolean {
  const { type, principalId } = (identity ?? {}) as { readonly type?: unknown; readonly principalId?: unknown };
  return type === 'Service' && principalId === 'dynamodb.amazonaws.com';
}

function imageOf(attributes: object | undefined): Image | null {
  if (!attributes) return null;
  try {
    return unmarshall(attributes as Record<string, AttributeValue>);
  } catch (cause) {
    throw new MalformedRecord(`an image cannot be read: ${String(cause)}`);
  }
}

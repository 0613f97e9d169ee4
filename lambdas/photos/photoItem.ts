import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../shared/dynamodb.ts';
import { required } from '../shared/environment.ts';
import type { Refusal } from './picture.ts';

/** `media`, the part that the worker needs. */
export type PhotoItem = {
  readonly photoId: string;
  readonly ownerId: string;
  readonly status: 'UPLOADING' | 'PROCESSING' | 'READY' | 'FAILED';
  readonly contentType?: string;
  readonly failure?: Failure;
  readonly origin?: string;
  readonly width?: number;
  readonly height?: number;
  readonly blurhash?: string;
  readonly altText?: string;
  readonly visibility?: 'PUBLIC' | 'FOLLOWERS';
  readonly onProfile?: true;
  readonly open?: true;
  readonly removedAt?: string;
  readonly trace?: string;
};

export type Failure = Refusal | 'NOT_UPLOADED' | 'NOT_PROCESSED';

export type Outcome =
  | {
      readonly status: 'READY';
      readonly origin: string;
      readonly width: number;
      readonly height: number;
      readonly blurhash: string;
    }
  | { readonly status: 'FAILED'; readonly failure: Failure };

export async function readPhoto(photoId: string): Promise<PhotoItem | undefined> {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: required('MEDIA_TABLE'), Key: { photoId }, ConsistentRead: true }),
  );
  return Item as PhotoItem | undefined;
}

/** What was not settled before. A READY photo is kept; a FAILED one is dropped when an abandoned one would be. */
export function isWaiting({ status, removedAt }: PhotoItem): boolean {
  return (status === 'UPLOADING' || status === 'PROCESSING') && removedAt === undefined;
}

/** Writes the outcome once. The item as it then is; null when it was settled, removed or dropped in the meantime. */
export async function settle(photoId: string, outcome: Outcome): Promise<PhotoItem | null> {
  const names = Object.keys(outcome);
  const sets = names.map((name) => `#${name} = :${name}`).join(', ');
  try {
    const { Attributes } = await dynamodb.send(
      new UpdateCommand({
        TableName: required('MEDIA_TABLE'),
        Key: { photoId },
        UpdateExpression: `SET ${sets}${outcome.status === 'READY' ? ' REMOVE expiresAt' : ''}`,
        ConditionExpression: '#status IN (:uploading, :processing) AND attribute_not_exists(removedAt)',
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(Object.entries(outcome).map(([name, value]) => [`:${name}`, value])),
          ':uploading': 'UPLOADING',
          ':processing': 'PROCESSING',
        },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return Attributes as PhotoItem;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return null;
    throw error;
  }
}

/** That everybody may read the variants. False: the photo was removed or dropped in the meantime. */
export async function markOpen(photoId: string): Promise<boolean> {
  try {
    await dynamodb.send(
      new UpdateCommand({
        TableName: required('MEDIA_TABLE'),
        Key: { photoId },
        UpdateExpression: 'SET #open = :yes',
        ConditionExpression: '#status = :ready AND attribute_not_exists(removedAt)',
        ExpressionAttributeNames: { '#open': 'open', '#status': 'status' },
        ExpressionAttributeValues: { ':yes': true, ':ready': 'READY' },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from './dynamodb.ts';
import { required } from './environment.ts';

/** As long as a deleted post, whose idempotency key could otherwise bring the photo back. */
const TOMBSTONE_SECONDS = 7 * 24 * 60 * 60;

export interface RemovedPhoto {
  readonly photoId: string;
  /** The post that shows it. */
  readonly postId: string;
  /** Epoch seconds. */
  readonly at: number;
  readonly trace?: string | undefined;
}

/** Keeps a photo from being shown anywhere. The table's own stream has its files deleted. */
export async function removePhoto({ photoId, postId, at, trace }: RemovedPhoto): Promise<'removed' | 'gone'> {
  try {
    await dynamodb.send(
      new UpdateCommand({
        TableName: required('MEDIA_TABLE'),
        Key: { photoId },
        UpdateExpression: `SET removedAt = :at, expiresAt = :expiresAt${trace ? ', trace = :trace' : ''}`,
        ConditionExpression: 'postId = :postId AND attribute_not_exists(removedAt)',
        ExpressionAttributeValues: {
          ':at': new Date(at * 1_000).toISOString(),
          ':expiresAt': at + TOMBSTONE_SECONDS,
          ':postId': postId,
          ...(trace ? { ':trace': trace } : {}),
        },
      }),
    );
    return 'removed';
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'gone';
    throw error;
  }
}

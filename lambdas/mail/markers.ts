import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { forEach } from '../shared/concurrency.ts';
import { dynamodb } from '../shared/dynamodb.ts';
import { required } from '../shared/environment.ts';

/** Longer than a message lives in its queue and among what was given up together, 28 days. */
const MARKER_SECONDS = 60 * 24 * 60 * 60;

const markerKey = (occasion: string, userId: string) => ({ operationId: `MAIL#${occasion}#${userId}` });

/**
 * Marks the mails of an occasion as sent, before they are. @returns those that were not marked.
 * @throws when DynamoDB does not answer; those that it did mark are then never sent.
 */
export async function claim<To extends { readonly userId: string }>(
  occasion: string,
  recipients: readonly To[],
): Promise<To[]> {
  const claimed = new Set<To>();
  const errors: unknown[] = [];
  await forEach(recipients, async (recipient) => {
    try {
      if (await mark(occasion, recipient.userId)) claimed.add(recipient);
    } catch (error) {
      errors.push(error);
    }
  });
  if (errors.length === 0) return recipients.filter((recipient) => claimed.has(recipient));
  await release(
    occasion,
    [...claimed].map(({ userId }) => userId),
  );
  throw errors[0];
}

async function mark(occasion: string, userId: string): Promise<boolean> {
  const now = Date.now();
  try {
    await dynamodb.send(
      new PutCommand({
        TableName: required('OPS_TABLE'),
        Item: {
          ...markerKey(occasion, userId),
          sentAt: new Date(now).toISOString(),
          expiresAt: Math.floor(now / 1_000) + MARKER_SECONDS,
        },
        ConditionExpression: 'attribute_not_exists(operationId)',
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** Takes marks away of mails that were not sent. @throws when some stay, and with them the mails unsent. */
export async function release(occasion: string, userIds: readonly string[]): Promise<void> {
  const errors: unknown[] = [];
  await forEach(userIds, async (userId) => {
    try {
      await dynamodb.send(new DeleteCommand({ TableName: required('OPS_TABLE'), Key: markerKey(occasion, userId) }));
    } catch (error) {
      errors.push(error);
    }
  });
  if (errors.length > 0) throw errors[0];
}

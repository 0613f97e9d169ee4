import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../../shared/dynamodb.ts';
import { required } from '../../shared/environment.ts';
import { deleteObjects, listObjects } from '../../shared/objects.ts';
import type { Image } from '../../shared/records.ts';
import type { Eraser } from './eraser.ts';
import { itemsBehind, keyOf } from './keys.ts';
import { NOBODY } from './nobody.ts';

/** Cases stay, since they are about others: without who reported, and without what that person wrote and sent. */
export const eraseReporter: Eraser = async ({ userId }, position) => {
  const { items, next } = await casesOf('byReporter', 'reporterId', { userId, position });
  // First: the case leads to them.
  await Promise.all(items.map(eraseEvidence));
  await Promise.all(
    items.map((item) =>
      change(item, {
        expression: 'SET reporterId = :nobody, evidenceCount = :none, history = :history REMOVE details',
        condition: 'reporterId = :member',
        values: { ':nobody': NOBODY, ':member': userId, ':none': 0, ':history': historyWithout(userId, item) },
      }),
    ),
  );
  return { found: items.length, next };
};

/** At most ten files, which nobody here can read. */
async function eraseEvidence({ operationId }: Image): Promise<void> {
  const bucket = required('EVIDENCE_BUCKET');
  const files = await listObjects(bucket, { prefix: `reports/${String(operationId).slice('CASE#'.length)}/` });
  await deleteObjects(
    bucket,
    files.map(({ key }) => key),
  );
}

/** Cases about the member stay, since moderators account for what they decided: without who it was. */
export const eraseSubject: Eraser = async ({ userId }, position) => {
  const { items, next } = await casesOf('bySubjectOwner', 'subjectOwnerId', { userId, position });
  await Promise.all(
    items.map((item) =>
      change(item, {
        expression: 'SET subjectOwnerId = :nobody, subjectKey = :subjectKey',
        condition: 'subjectOwnerId = :member',
        values: {
          ':nobody': NOBODY,
          ':member': userId,
          ':subjectKey': item.subjectType === 'User' ? NOBODY : item.subjectKey,
        },
      }),
    ),
  );
  return { found: items.length, next };
};

function casesOf(
  index: 'byReporter' | 'bySubjectOwner',
  name: string,
  { userId, position }: { readonly userId: string; readonly position: string | undefined },
) {
  return itemsBehind({ table: required('OPS_TABLE'), index, partition: [name, userId], position }, 'operationId').then(
    // The index may still list a case that was changed.
    ({ items, next }) => ({ items: items.filter((item) => item[name] === userId), next }),
  );
}

function historyWithout(userId: string, { history }: Image): unknown[] {
  const events = Array.isArray(history) ? (history as Image[]) : [];
  return events.map((event) => (event.actorId === userId ? { ...event, actorId: NOBODY } : event));
}

interface CaseChange {
  readonly expression: string;
  readonly condition: string;
  readonly values: Readonly<Record<string, unknown>>;
}

async function change(item: Image, { expression, condition, values }: CaseChange): Promise<void> {
  const isAsRead = Array.isArray(item.history) ? ' AND size(history) = :events' : '';
  try {
    await dynamodb.send(
      new UpdateCommand({
        TableName: required('OPS_TABLE'),
        Key: keyOf(item, 'operationId'),
        UpdateExpression: expression,
        ConditionExpression: `${condition}${isAsRead}`,
        ExpressionAttributeValues: {
          ...values,
          ...(isAsRead === '' ? {} : { ':events': (item.history as unknown[]).length }),
        },
      }),
    );
  } catch (error) {
    // A moderator decided meanwhile: the last round finds the case again.
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

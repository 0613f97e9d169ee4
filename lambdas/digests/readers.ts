import { DeleteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../shared/batchGet.ts';
import type { DigestPage } from '../shared/digestMessages.ts';
import { listOf, readerKey } from '../shared/digestReaders.ts';
import { dynamodb } from '../shared/dynamodb.ts';
import { required } from '../shared/environment.ts';
import type { Language } from '../shared/mailMessages.ts';
import type { Job } from '../shared/queueHandler.ts';
import type { Image } from '../shared/records.ts';

/** Members in one message. */
const PAGE_SIZE = 50;

/** Somebody who wants this digest. */
export interface Reader {
  readonly userId: string;
  readonly language: Language;
  /** Everything that is not later has been read. */
  readonly readUpTo: string | undefined;
}

export interface ReadersPage {
  readonly readers: readonly Reader[];
  /** The last member of the list that was looked at; undefined at its end. */
  readonly last: string | undefined;
}

/** A page of a list, as the members' settings are now. Who is listed by mistake is taken off. */
export async function readersOf({ frequency, shard, after }: DigestPage, job: Job): Promise<ReadersPage> {
  const status = listOf(frequency, shard);
  const { listed, last } = await pageOf(status, after);
  const profiles = await batchGet(
    required('USERS_TABLE'),
    listed.map((userId) => ({ userId })),
  );
  const wanting = new Map(profiles.filter(({ digest }) => digest === frequency).map((each) => [each.userId, each]));
  for (const userId of listed.filter((each) => !wanting.has(each))) {
    await takeOff(userId, status);
    job.count('taken off the list');
  }
  const readers = [...wanting.values()].filter(({ status: state }) => state === 'ACTIVE').map(readerOf);
  return { readers, last };
}

function readerOf({ userId, language, readUpTo }: Image): Reader {
  return {
    userId: String(userId),
    language: language === 'JA' ? 'JA' : 'EN',
    readUpTo: typeof readUpTo === 'string' ? readUpTo : undefined,
  };
}

async function pageOf(status: string, after: string | undefined) {
  const { Items = [], LastEvaluatedKey } = await dynamodb.send(
    new QueryCommand({
      TableName: required('OPS_TABLE'),
      IndexName: 'byStatus',
      KeyConditionExpression: '#status = :status AND createdAt > :after',
      ExpressionAttributeNames: { '#status': 'status' },
      // No id is the empty text, and a key must not be: a space comes before all of them.
      ExpressionAttributeValues: { ':status': status, ':after': after ?? ' ' },
      Limit: PAGE_SIZE,
    }),
  );
  const listed = Items.map(({ createdAt }) => String(createdAt));
  return { listed, last: LastEvaluatedKey ? listed.at(-1) : undefined };
}

/** Unless the member has come back to this list or another one meanwhile: the stream handler has the last word. */
async function takeOff(userId: string, status: string): Promise<void> {
  await dynamodb
    .send(
      new DeleteCommand({
        TableName: required('OPS_TABLE'),
        Key: readerKey(userId),
        ConditionExpression: '#status = :status',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':status': status },
      }),
    )
    .catch((error: unknown) => {
      if (!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException') throw error;
    });
}

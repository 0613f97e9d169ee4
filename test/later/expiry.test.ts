import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { dynamodb, isLocal, storedItem, tableName } from '../support/aws.ts';
import { now, travelTo } from '../support/clock.ts';
import { newMember } from '../support/member.ts';
import { ulid } from '../support/ulid.ts';

const DAY = 24 * 60 * 60 * 1_000;

test.skipIf(!isLocal)('an entry of a timeline is gone once the clock has passed its end', async () => {
  const reader = await newMember();
  const [key, expiresAt] = [{ userId: reader.sub, entry: ulid() }, Math.floor(((await now()) + DAY) / 1_000)];
  const entry = { ...key, authorId: reader.sub, expiresAt };
  await dynamodb.send(new PutCommand({ TableName: tableName('timelines'), Item: entry }));

  await travelTo((await now()) + DAY / 2);
  expect(await storedItem('timelines', key)).toEqual(entry);
  await travelTo((await now()) + DAY);
  expect(await storedItem('timelines', key)).toBeUndefined();
});

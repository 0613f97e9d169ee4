import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { dynamodb, isLocal, settled, storedItem, tableName } from '../support/aws.ts';
import { now, travelTo } from '../support/clock.ts';
import { runCommand } from '../support/command.ts';
import { newMember } from '../support/member.ts';

const MINUTE = 60_000;

/** By hand, as no part of the system does. */
async function giveClaimTo(handle: string, ownerId: string): Promise<void> {
  await dynamodb.send(
    new UpdateCommand({
      TableName: tableName('users'),
      Key: { userId: `HANDLE#${handle}` },
      UpdateExpression: 'SET ownerId = :ownerId',
      ExpressionAttributeValues: { ':ownerId': ownerId },
    }),
  );
}

test.skipIf(!isLocal)('an erasure that fails at one step goes on there when its message is given again', async () => {
  const member = await newMember();
  const { data } = await member.send<{ deleteAccount: { job: { id: string } } }>(
    'mutation ($handle: String!) { deleteAccount(confirmHandle: $handle) { job { id } } }',
    { handle: member.handle },
  );
  const [, ulid] = Buffer.from(data.deleteAccount.job.id, 'base64url').toString().split(':');
  const job = () => storedItem('ops', { operationId: `JOB#${ulid}` });
  await giveClaimTo(member.handle, 'somebody else');

  // Five minutes until it goes on, and as many deliveries of its last step, six minutes apart.
  await travelTo((await now()) + 60 * MINUTE);
  await settled();
  const failed = await job();
  expect(failed).toMatchObject({ state: 'FAILED' });
  const listed = await runCommand('infra/redrive/main.ts', ['jobs-dead', '--list']);
  expect(listed.stdout).toContain(`the profile of ${member.sub} is no tombstone, or its handle another's`);

  await giveClaimTo(member.handle, member.sub);
  expect(await runCommand('infra/redrive/main.ts', ['jobs-dead'])).toMatchObject({ code: 0 });
  await settled();

  expect(await job()).toMatchObject({ state: 'DONE', step: failed?.['step'] });
  expect(await storedItem('users', { userId: `HANDLE#${member.handle}` })).toBeUndefined();
  expect(await storedItem('users', { userId: member.sub })).toEqual({ userId: member.sub, status: 'DELETED' });
});

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { control, dynamodb, isLocal, settled, storedItem, tableName } from '../support/aws.ts';
import { mailsTo } from '../support/outbox.ts';
import { newMember } from '../support/member.ts';

/** As lambdas/shared/digestReaders.ts spreads them. */
const shardOf = (sub: string): number =>
  [...sub].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % 4;

describe.runIf(isLocal)('whoever is on the list of those who want digests, and does not', () => {
  it('is taken off it in the morning, without a mail', async () => {
    const member = await newMember();
    await settled();
    const operationId = `DIGEST_MAIL#${member.sub}`;
    const Item = { operationId, status: `DAILY_MAIL#${shardOf(member.sub)}`, createdAt: member.sub };
    await dynamodb.send(new PutCommand({ TableName: tableName('ops'), Item }));

    await control('run-schedule', { Name: 'hiroba-dev-morning' });
    await settled();

    expect(await storedItem('ops', { operationId })).toBeUndefined();
    expect((await mailsTo(member.address)).map(({ subject }) => subject)).toEqual(['Welcome to Hiroba']);
  });
});

import { rm } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import { noteUnused } from '../support/runningSystems.ts';
import { ulid } from '../support/ulid.ts';
import { openFaultySystem } from './faultySystem.ts';
import { makeMembers, signInAgain } from './people.ts';
import { writeTerraform } from './terraform.ts';

const HOUR = 3_600_000;
it('an announcement arrives once at everybody, though each first attempt is refused', async () => {
  const terraform = await writeTerraform();
  onTestFinished(() => rm(terraform, { recursive: true }));
  const rates = { dynamodbConflict: 1, sesThrottled: 1 };
  const system = await openFaultySystem(terraform, { seed: '1', rates, most: 1, shards: 1 });
  onTestFinished(() => system.close());
  const { local, seeded, ask } = system;
  const people = await makeMembers(system, ['ada', 'ben', 'chie']);
  const [operator] = people;
  if (!operator) throw new Error('three members were made');
  await seeded.cognito('AdminAddUserToGroup', {
    UserPoolId: seeded.userPoolId,
    Username: operator.address,
    GroupName: 'operators',
  });
  for (const { token } of people)
    await ask(token, 'mutation { updateSettings(input: { digest: WEEKLY }) { userErrors { code } } }');
  await local.travel(local.clock.now() + HOUR / 60);

  const token = await seeded.signIn(operator.address);
  const input = { idempotencyKey: ulid(local.clock.now()), bodyEnglish: 'News', bodyJapanese: 'お知らせ' };
  const sent = await ask(
    token,
    'mutation ($input: SendAnnouncementInput!) { sendAnnouncement(input: $input) { userErrors { code } } }',
    { input },
  );
  expect(sent).toEqual({ sendAnnouncement: { userErrors: [] } });
  await local.travel(local.clock.now() + 3 * HOUR);

  for (const member of await signInAgain(system, people)) {
    const { viewer } = await ask<{ viewer: { notifications: { edges: { node: { body?: string } }[] } } }>(
      member.token,
      '{ viewer { notifications { edges { node { ... on SystemNotification { body } } } } } }',
    );
    expect(viewer.notifications.edges.map(({ node }) => node)).toEqual([{ body: 'News' }]);
    const news = local.messages(member.address).filter(({ subject }) => subject === 'News from Hiroba');
    expect(news).toHaveLength(1);
  }
  const { dynamodbConflict, sesThrottled } = local.faults.counts();
  expect(Math.min(dynamodbConflict, sesThrottled)).toBeGreaterThan(0);
  noteUnused('faults-announcement', local.permissions());
});

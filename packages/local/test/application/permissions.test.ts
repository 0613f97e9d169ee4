import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import type { LocalSystem } from '../../src/index.ts';
import { control } from './control.ts';
import { startGreenhouse } from './start.ts';

const COMMAND = join(import.meta.dirname, '../../src/permissionsCommand.ts');

/** One more action than the resolvers have a use for. */
const withExtra = () =>
  startGreenhouse(({ resource: { aws_iam_role_policy: policies } }) => {
    policies.averages_reader = {
      name: 'averages',
      role: '${aws_iam_role.averages_reader.name}',
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['dynamodb:GetItem', 'dynamodb:Scan'],
            Resource: '${aws_dynamodb_table.averages.arn}',
          },
        ],
      }),
    };
  });

async function unused(system: LocalSystem): Promise<string[]> {
  const { Permissions } = await control(system, 'unused-permissions');
  return (Permissions as { role: string; action: string }[])
    .filter(({ role }) => role.endsWith('averages_reader'))
    .map(({ action }) => action);
}

async function command({ endpoints, credentials }: LocalSystem, ...args: string[]): Promise<string> {
  const port = new URL(endpoints.aws).port;
  const child = spawn(process.execPath, [COMMAND, '--aws-port', port, ...args], {
    env: {
      PATH: process.env['PATH'] ?? '',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
  });
  const [output] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return output;
}

test('a permission is unused until a call has needed it', async () => {
  const { system, send } = await withExtra();
  expect(await unused(system)).toEqual(['dynamodb:GetItem', 'dynamodb:Scan']);

  await send('{ average(sensor: "north") { celsius } }');

  expect(await unused(system)).toEqual(['dynamodb:Scan']);
});

test('who tries what a role may do uses nothing, before or after a call that does', async () => {
  const { system, send } = await withExtra();
  const session = await control(system, 'role-session', { RoleName: 'greenhouse-averages-reader' });
  const client = new DynamoDBClient({
    endpoint: system.endpoints.aws,
    region: 'eu-central-1',
    credentials: {
      accessKeyId: String(session.AccessKeyId),
      secretAccessKey: String(session.SecretAccessKey),
      sessionToken: String(session.SessionToken),
    },
  });
  const read = new GetItemCommand({ TableName: 'greenhouse-averages', Key: { sensor: { S: 'north' } } });
  await client.send(read);
  expect(await unused(system)).toEqual(['dynamodb:GetItem', 'dynamodb:Scan']);

  // The decision about the trial is not remembered in place of a use.
  await send('{ average(sensor: "north") { celsius } }');
  await client.send(read);
  expect(await unused(system)).toEqual(['dynamodb:Scan']);
});

test('the command lists them by role, with Terraform addresses, and counts them', async () => {
  const { system, send } = await withExtra();
  await send('{ average(sensor: "north") { celsius } }');

  const lines = (await command(system, '--role', 'averages_reader')).trimEnd().split('\n');

  expect(lines).toEqual([
    'aws_iam_role.averages_reader',
    '  aws_iam_role_policy.averages_reader Statement[0]: dynamodb:Scan on arn:aws:dynamodb:eu-central-1:123456789012:table/greenhouse-averages',
    expect.stringMatching(/^\d+ of the \d+ permissions granted have not been used since the start\.$/),
  ]);
  expect(JSON.parse(await command(system, '--role', 'averages_reader', '--json'))).toMatchObject([
    { action: 'dynamodb:Scan', used: false },
  ]);
});

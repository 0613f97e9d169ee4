import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import type { LocalSystem } from '../../src/index.ts';
import { control } from './control.ts';
import { startGreenhouse } from './start.ts';

async function clientOf(system: LocalSystem, role: string): Promise<DynamoDBClient> {
  const session = await control(system, 'role-session', { RoleName: role });
  return new DynamoDBClient({
    endpoint: system.endpoints.aws,
    region: 'eu-central-1',
    credentials: {
      accessKeyId: String(session.AccessKeyId),
      secretAccessKey: String(session.SecretAccessKey),
      sessionToken: String(session.SessionToken),
    },
  });
}

const TableName = 'greenhouse-averages';

test("a role's keys do what its policies allow, and nothing else", async () => {
  const { system } = await startGreenhouse();
  const reader = await clientOf(system, 'greenhouse-averages-reader');

  expect((await reader.send(new GetItemCommand({ TableName, Key: { sensor: { S: 'north' } } }))).Item).toBeUndefined();
  await expect(reader.send(new PutItemCommand({ TableName, Item: { sensor: { S: 'north' } } }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('greenhouse-averages-reader') as string,
  });
});

test('there are no keys of a role that is not in the Terraform', async () => {
  const { system } = await startGreenhouse();
  await expect(control(system, 'role-session', { RoleName: 'nobody' })).rejects.toThrow(
    'The role with name nobody cannot be found.',
  );
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSync } from 'esbuild';
import { afterEach, expect, it } from 'vitest';
import { createAlarms } from '../../src/alarms.ts';
import { createCredentials } from '../../src/aws/credentials.ts';
import { AwsError } from '../../src/aws/error.ts';
import { createAwsPort } from '../../src/aws/port.ts';
import type { Access, Principal } from '../../src/aws/service.ts';
import { movableClock, systemClock } from '../../src/clock.ts';
import { openDatabase } from '../../src/database.ts';
import { seededRandom } from '../../src/random.ts';
import { createDynamoDb } from '../../src/services/dynamodb/index.ts';
import { createLambda, createStreamMapping, sqliteCheckpoints } from '../../src/services/lambda/index.ts';
import { DEFAULTS } from './streamSupport.ts';
import { account, functionOf, role, zip } from './support.ts';

const HANDLER = `
  import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
  const client = new DynamoDBClient({ maxAttempts: 1 });
  export const handler = async ({ Records }) => {
    for (const { dynamodb } of Records) {
      await client.send(new UpdateItemCommand({
        TableName: process.env.COUNTERS,
        Key: { id: dynamodb.NewImage.kind },
        UpdateExpression: 'ADD seen :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
      }));
    }
  };
`;

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

it('a handler with the AWS SDK counts a stream into another table, as its role', async () => {
  const bundle = buildSync({
    stdin: { contents: HANDLER, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    banner: { js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);` },
    write: false,
  }).outputFiles[0]!.text;
  const random = seededRandom('counters');
  const database = openDatabase(':memory:');
  const dynamodb = createDynamoDb({ database, account, clock: systemClock, random });
  const table = {
    key: { partition: { name: 'id', type: 'S' } },
    indexes: [],
    ttlAttribute: null,
    deletionProtection: false,
  } as const;
  dynamodb.provision({ ...table, name: 'posts', stream: 'NEW_IMAGE' });
  dynamodb.provision({ ...table, name: 'counters', stream: null });

  const credentials = createCredentials({ random });
  const asked: string[] = [];
  const authorizer = {
    authorize({ arn }: Principal, { action, resource }: Access): void {
      asked.push(`${arn.split('/')[1]} ${action}`);
      if (action === 'dynamodb:UpdateItem' && !resource.endsWith('table/counters'))
        throw new AwsError('AccessDeniedException', resource);
    },
  };
  const server = createServer(
    createAwsPort({
      services: [dynamodb],
      credentials,
      authorizer,
      region: account.region,
      wallClock: systemClock,
      random,
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  closers.push(
    () => server.close(),
    () => server.closeAllConnections(),
  );

  const lines: string[] = [];
  const lambda = createLambda({
    database,
    account,
    random,
    alarms: createAlarms(movableClock()),
    sendToQueue: () => Promise.reject(new Error('nothing is given up')),
    endpointUrl: () => `http://127.0.0.1:${port}`,
    credentialsFor: (principal) => credentials.sessionFor(principal),
    onLog: ({ message }) => void lines.push(message),
  });
  closers.push(() => lambda.close());
  lambda.provision(functionOf('', { code: zip({ 'index.mjs': bundle }), environment: { COUNTERS: 'counters' } }));
  const counting = createStreamMapping({
    lambda,
    functionName: 'work',
    functionArn: 'arn:aws:lambda:ap-northeast-1:123456789012:function:work',
    sendToQueue: () => Promise.reject(new Error('nothing is given up')),
    stream: dynamodb.stream('posts'),
    checkpoints: sqliteCheckpoints(database),
    mapping: DEFAULTS,
    clock: systemClock,
    authorizer,
    principal: role,
    onLog: ({ message }) => void lines.push(message),
  });
  await counting.start();
  closers.push(() => counting.stop());

  for (const [id, kind] of [
    ['1', 'photo'],
    ['2', 'text'],
    ['3', 'photo'],
  ]) {
    dynamodb.execute('PutItem', { TableName: 'posts', Item: { id: { S: id! }, kind: { S: kind! } } });
  }
  await counting.idle();

  const read = (id: string) => dynamodb.execute('GetItem', { TableName: 'counters', Key: { id: { S: id } } }).Item;
  expect(lines).toEqual([]);
  expect(read('photo')).toEqual({ id: { S: 'photo' }, seen: { N: '2' } });
  expect(read('text')).toEqual({ id: { S: 'text' }, seen: { N: '1' } });
  expect(asked.filter((line) => line.endsWith('UpdateItem'))).toEqual(Array(3).fill('handler dynamodb:UpdateItem'));
});

import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { evaluate, type LocalSystem, manualClock, startLocal } from '../../src/index.ts';
import { writeIdioms } from './idioms/terraform.ts';
import { connectClient } from './realtimeClient.ts';
import { NOW } from './support.ts';

/** Resolvers of the kinds that AWS publishes samples of, on a system that was started from their Terraform. */

const folder = mkdtempSync(join(tmpdir(), 'idioms-'));
let system: LocalSystem;
const asked: IncomingMessage[] = [];
const weather = createServer((request, response) => {
  asked.push(request);
  const isKnown = request.url?.startsWith('/v1/forecast/Oslo') ?? false;
  response.writeHead(isKnown ? 200 : 404).end(isKnown ? '{"text":"snow"}' : 'no such city');
});

beforeAll(async () => {
  weather.listen(0, '127.0.0.1');
  await once(weather, 'listening');
  writeIdioms(folder, `http://127.0.0.1:${(weather.address() as AddressInfo).port}`);
  const clock = manualClock(NOW);
  system = await startLocal({ from: folder, port: 0, awsPort: 0, dataDirectory: null, clock });
});

afterAll(async () => {
  await system.close();
  weather.closeAllConnections();
  weather.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly data: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly errorType?: string }[];
}

async function send(query: string): Promise<Answer> {
  const response = await fetch(system.endpoints.graphql, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': system.configuration?.apiKey ?? '' },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answer;
}

describe('DynamoDB', () => {
  test('put, get, update and delete', async () => {
    expect(
      await send('mutation { createTodo(input: { id: "1", owner: "a", title: "Weed" }) { id version createdAt } }'),
    ).toEqual({
      data: { createTodo: { id: '1', version: 1, createdAt: '2026-03-01T12:00:00.000Z' } },
    });
    const again = await send('mutation { createTodo(input: { id: "1", title: "Dig" }) { id } }');
    expect(again.errors).toMatchObject([
      { message: 'there is one already: Weed', errorType: 'DynamoDB:ConditionalCheckFailedException' },
    ]);
    expect(
      await send('mutation { updateTodo(input: { id: "1", title: "Water", owner: null }) { title owner version } }'),
    ).toEqual({
      data: { updateTodo: { title: 'Water', owner: null, version: 2 } },
    });
    expect((await send('mutation { updateTodo(input: { id: "0", title: "X" }) { id } }')).errors).toMatchObject([
      { errorType: 'DynamoDB:ConditionalCheckFailedException' },
    ]);
    expect(await send('{ getTodo(id: "1") { title } }')).toEqual({ data: { getTodo: { title: 'Water' } } });
    expect(await send('mutation { deleteTodo(id: "1") { id } }')).toEqual({ data: { deleteTodo: { id: '1' } } });
    expect(await send('{ getTodo(id: "1") { title } }')).toEqual({ data: { getTodo: null } });
  });

  test('query of an index with a filter, in pages; batch; transaction', async () => {
    for (const [id, tags] of [
      ['x', '["home"]'],
      ['y', '[]'],
      ['z', '["home"]'],
    ]) {
      await send(`mutation { createTodo(input: { id: "${id}", owner: "b", tags: ${tags} }) { id } }`);
    }
    expect(await send('{ todosOfOwner(owner: "b", tag: "home") { items { tags } nextToken } }')).toEqual({
      data: { todosOfOwner: { items: [{ tags: ['home'] }, { tags: ['home'] }], nextToken: null } },
    });
    const first = await send('{ todosOfOwner(owner: "b", limit: 2) { items { owner } nextToken } }');
    const { items, nextToken } = first.data?.['todosOfOwner'] as { items: unknown[]; nextToken: string };
    expect(items).toEqual([{ owner: 'b' }, { owner: 'b' }]);
    expect(await send(`{ todosOfOwner(owner: "b", nextToken: "${nextToken}") { items { owner } nextToken } }`)).toEqual(
      {
        data: { todosOfOwner: { items: [{ owner: 'b' }], nextToken: null } },
      },
    );
    expect(await send('{ todosByIds(ids: ["z", "nobody", "x"]) { id } }')).toEqual({
      data: { todosByIds: [{ id: 'z' }, null, { id: 'x' }] },
    });
    expect(await send('mutation { swapOwners(ids: ["x", "y"], owner: "c") }')).toEqual({
      data: { swapOwners: ['x', 'y'] },
    });
    expect((await send('mutation { swapOwners(ids: ["x", "nobody"], owner: "d") }')).errors).toMatchObject([
      { message: 'None,ConditionCheckFailed', errorType: 'DynamoDB:TransactionCanceledException' },
    ]);
    expect(await send('{ getTodo(id: "x") { owner version } }')).toEqual({
      data: { getTodo: { owner: 'c', version: 2 } },
    });
  });
});

describe('a pipeline whose functions leave each other out', () => {
  test.each([
    ['plan(kind: "a")', { last: { from: 'short' }, seen: ['short'] }],
    ['plan(kind: "a", size: 2)', { last: { from: 'long', before: 'before' }, seen: ['long'] }],
  ])('%s', async (field, plan) => {
    const { data } = await send(`{ ${field} }`);
    expect(JSON.parse(String(data?.['plan']))).toEqual(plan);
  });
});

describe('a field for a group', () => {
  const file = join(import.meta.dirname, 'idioms', 'code', 'secret.js');

  test('is closed to an API key', async () => {
    expect((await send('{ secret }')).errors).toMatchObject([
      { message: 'Not Authorized to access secret on type Query', errorType: 'Unauthorized' },
    ]);
  });

  test.each([
    [['admin', 'other'], { result: { payload: 'for ada' } }],
    [['other'], { result: null, error: { message: 'Unauthorized', unauthorized: true } }],
    [null, { result: null, error: { unauthorized: true } }],
  ])('answers members of %j', async (groups, outcome) => {
    const identity = { sub: 's', username: 'ada', groups };
    expect(await evaluate({ file, function: 'request', context: { identity } })).toMatchObject(outcome);
  });
});

describe('HTTP', () => {
  test('another API gets a request that is signed as the role, and its answer is the field', async () => {
    expect(await send('{ forecast(city: "Oslo") }')).toEqual({ data: { forecast: 'snow' } });
    const [request] = asked;
    expect(request).toMatchObject({ method: 'GET', url: '/v1/forecast/Oslo?days=2' });
    expect(request?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=\w+\/\d{8}\/us-east-1\/execute-api\/aws4_request, SignedHeaders=/,
    );
  });

  test('another status is the error that the resolver makes of it', async () => {
    expect(await send('{ forecast(city: "Nowhere") }')).toMatchObject({
      data: { forecast: null },
      errors: [{ message: 'no such city', errorType: '404' }],
    });
  });
});

test('NONE: an announcement is made on the spot, and reaches whom their filters let', async () => {
  const headers = { host: 'localhost', 'x-api-key': system.configuration?.apiKey ?? '' };
  const client = await connectClient(Number(new URL(system.url).port), { headers });
  const started = await client.start('1', 'subscription { onAnnounce(from: 5) { text at } }', {
    authorization: headers,
  });
  expect(started).toEqual({ id: '1', type: 'start_ack' });
  const announce = (args: string) => send(`mutation { announce(${args}) { severity topic text at } }`);
  await announce('severity: 6, topic: "garden", text: "no"');
  await announce('severity: 4, topic: "security", text: "no"');
  await announce('severity: 5, topic: "security", text: "door"');
  await announce('severity: 7, text: "storm"');
  const texts = [await client.next(), await client.next()].map(({ payload }) => payload);
  expect(texts).toEqual([
    { data: { onAnnounce: { text: 'door', at: '2026-03-01T12:00:00.000Z' } } },
    { data: { onAnnounce: { text: 'storm', at: '2026-03-01T12:00:00.000Z' } } },
  ]);
  await client.nothingCame();
  client.socket.close();
});

test('Lambda: a batch is one invocation, and each gauge has its own answer', async () => {
  const { data, errors } = await send('{ gauges { id reading } }');
  expect(data).toEqual({
    gauges: [
      { id: 'a', reading: 3 },
      { id: 'b', reading: 3.1 },
      { id: 'c', reading: null },
    ],
  });
  expect(errors).toMatchObject([{ path: ['gauges', 2, 'reading'], message: 'no reading', errorType: 'Gauge' }]);
});

test('EventBridge: the event is on the bus', async () => {
  expect(await send('mutation { tellTodo(id: "t") }')).toEqual({ data: { tellTodo: 1 } });
  expect(system.events()).toMatchObject([{ source: 'todos', 'detail-type': 'told', detail: { id: 't' } }]);
});

describe('what is not emulated is told by the field that asks for it', () => {
  test.each([
    ['search(text: "a")', 'a data source of type AMAZON_OPENSEARCH_SERVICE (aws_appsync_datasource.search)'],
    ['invoices(owner: "a")', 'select of @aws-appsync/utils/rds'],
    ['invoiceCount(owner: "a")', 'a data source of type RELATIONAL_DATABASE (aws_appsync_datasource.invoices)'],
  ])('%s', async (field, reason) => {
    const { errors } = await send(`{ ${field} }`);
    expect(errors?.[0]?.message).toContain(reason);
    expect(errors?.[0]?.message).toContain('not emulated');
  });
});

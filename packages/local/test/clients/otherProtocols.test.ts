import { createClient } from 'graphql-ws';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { READINGS, RECORDED } from './operations.ts';
import { startForClients } from './system.ts';

async function post(body: unknown): Promise<{ readonly status: number; readonly body: unknown }> {
  const { system } = await startForClients();
  const response = await fetch(system.endpoints.graphql, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': system.configuration?.apiKey ?? '' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

const unparsable = {
  status: 400,
  body: { errors: [{ message: 'Unable to parse GraphQL query.', errorType: 'MalformedHttpRequestException' }] },
};

// https://docs.aws.amazon.com/appsync/latest/devguide/what-is-appsync.html has none of these.
test('a batch of requests is refused', async () => {
  expect(await post([{ query: READINGS }])).toEqual(unparsable);
});

test('a persisted query without its text is refused, as by AppSync: Apollo then sends the text', async () => {
  expect(await post({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } })).toEqual(
    unparsable,
  );
});

test('@defer is an unknown directive', async () => {
  const { status, body } = await post({ query: '{ ... @defer { readings(sensor: "north") { celsius } } }' });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    data: null,
    errors: [{ message: expect.stringContaining('UnknownDirective') as string }],
  });
});

test('the protocol of graphql-ws is closed with a reason that names the right one', async () => {
  const { system } = await startForClients();
  const client = createClient({ url: system.endpoints.realtime, webSocketImpl: WebSocket, retryAttempts: 0 });
  const closed = new Promise((resolve) => client.on('closed', resolve));
  client.subscribe({ query: RECORDED }, { next: () => undefined, error: () => undefined, complete: () => undefined });
  expect(await closed).toMatchObject({
    code: 4406,
    reason: 'AppSync speaks the subprotocol graphql-ws, not graphql-transport-ws',
  });
});

import { describe, expect, test } from 'vitest';
import { ADD, asUser, serve } from './notesApi.ts';
import { connectClient, KEY_HEADERS, openSocket } from './realtimeClient.ts';
import { API_KEY } from './support.ts';

describe('the handshake', () => {
  test('acknowledges connection_init with the timeout, and keeps alive at once and every minute', async () => {
    const timers: [number, () => void][] = [];
    const every = (milliseconds: number, callback: () => void) => {
      timers.push([milliseconds, callback]);
      return () => undefined;
    };
    const { port } = await serve({ every });
    const client = await openSocket(port);
    expect(client.socket.protocol).toBe('graphql-ws');
    client.send({ type: 'connection_init' });
    expect(await client.next()).toEqual({ type: 'connection_ack', payload: { connectionTimeoutMs: 300000 } });
    expect(await client.next()).toEqual({ type: 'ka' });
    expect(timers.map(([milliseconds]) => milliseconds)).toEqual([60_000, 86_400_000]);
    timers[0]?.[1]();
    expect(await client.next()).toEqual({ type: 'ka' });
    timers[1]?.[1]();
    expect(await client.closed).toMatchObject({ code: 4408 });
  });

  test('timers stop with the connection', async () => {
    let running = 0;
    const { port } = await serve({
      every: () => {
        running += 1;
        return () => {
          running -= 1;
        };
      },
    });
    const client = await connectClient(port);
    expect(running).toBe(2);
    const other = await connectClient(port);
    client.socket.terminate();
    await client.closed;
    await other.start('1', 'subscription { onNote { id } }');
    expect(running).toBe(2);
  });

  const encoded = Buffer.from(JSON.stringify(KEY_HEADERS)).toString('base64');
  test.each([
    ['the query string', { protocols: ['graphql-ws'], search: `?header=${encodeURIComponent(encoded)}&payload=e30=` }],
    ['the query string, not escaped', { protocols: ['graphql-ws'], search: `?header=${encoded}&payload=e30=` }],
    ['a second subprotocol', {}],
    ['HTTP headers', { protocols: ['graphql-ws'], httpHeaders: { 'x-api-key': API_KEY } }],
    ['names in any case', { headers: { Host: 'localhost', 'X-Api-Key': API_KEY } }],
    ['a token', { headers: asUser('u1') }],
  ])('takes credentials from %s', async (_title, options) => {
    const { port } = await serve();
    const client = await connectClient(port, options);
    expect(await client.start('1', 'subscription { onNote { id } }')).toEqual({ id: '1', type: 'start_ack' });
  });

  test('IAM signs POST /graphql/connect with the body {}, and each start over its data', async () => {
    const signed: unknown[] = [];
    const { port } = await serve({
      verifySignature: ({ method, path, query, body, headers }) => {
        signed.push({ method, path, query, body: body.toString(), accept: headers.accept });
        return { arn: 'arn:aws:iam::123456789012:role/worker' };
      },
    });
    const authorization = { Authorization: 'AWS4-HMAC-SHA256 x', accept: 'application/json, text/javascript' };
    const client = await connectClient(port, { headers: authorization });
    const query = 'subscription { onNote { id } }';
    expect(await client.start('1', query, { authorization })).toMatchObject({ type: 'start_ack' });
    const accept = 'application/json, text/javascript';
    expect(signed).toEqual([
      { method: 'POST', path: '/graphql/connect', query: '', body: '{}', accept },
      { method: 'POST', path: '/graphql', query: '', body: JSON.stringify({ query, variables: {} }), accept },
    ]);
  });

  test.each([
    ['wrong credentials', { headers: { 'x-api-key': 'da2-wrong' } }, 'UnauthorizedException', 401],
    ['no credentials', { protocols: ['graphql-ws'] }, 'UnauthorizedException', 401],
    ['a header that is no JSON', { protocols: ['graphql-ws', 'header-bm8'] }, 'BadRequestException', 400],
    ['a header that is no object', { headers: [1] }, 'BadRequestException', 400],
  ])('refuses %s in a frame, then closes', async (_title, options, errorType, errorCode) => {
    const { port } = await serve();
    const client = await openSocket(port, options);
    expect(await client.next()).toEqual({
      type: 'connection_error',
      payload: { errors: [{ errorType, errorCode, message: expect.any(String) as string }] },
    });
    expect(await client.closed).toMatchObject({ code: 4401 });
  });

  test('closes clients of the other protocol with a reason', async () => {
    const { port } = await serve();
    const client = await openSocket(port, { protocols: ['graphql-transport-ws'] });
    expect(await client.closed).toEqual({
      code: 4406,
      reason: 'AppSync speaks the subprotocol graphql-ws, not graphql-transport-ws',
    });
  });

  test('ignores what comes before the acknowledgement', async () => {
    const { port } = await serve();
    const client = await openSocket(port);
    const data = JSON.stringify({ query: 'subscription { onNote { id } }' });
    client.send({ id: '1', type: 'start', payload: { data, extensions: { authorization: KEY_HEADERS } } });
    client.send({ type: 'connection_init' });
    expect((await client.next()).type).toBe('connection_ack');
    expect((await client.next()).type).toBe('ka');
    await client.nothingCame();
  });
});

describe('start and stop', () => {
  test('a start is authorized on its own', async () => {
    const { port } = await serve();
    const client = await connectClient(port);
    const refused = {
      id: '1',
      type: 'error',
      payload: {
        errors: [{ errorType: 'UnauthorizedException', message: 'You are not authorized to make this call.' }],
      },
    };
    expect(
      await client.start('1', 'subscription { onNote { id } }', { authorization: { 'x-api-key': 'da2-no' } }),
    ).toEqual(refused);
    expect(await client.start('1', 'subscription { onNote { id } }', { authorization: {} })).toMatchObject({
      type: 'error',
    });
    expect(await client.start('1', 'subscription { onMine { id } }')).toEqual({
      id: '1',
      type: 'error',
      payload: {
        errors: [{ errorType: 'Unauthorized', message: 'Not Authorized to access onMine on type Subscription' }],
      },
    });
    expect(await client.start('1', 'subscription { onMine { id } }', { authorization: asUser('u1') })).toEqual({
      id: '1',
      type: 'start_ack',
    });
  });

  test('the resolver of the subscription may refuse', async () => {
    const { port } = await serve();
    const client = await connectClient(port);
    expect(await client.start('1', 'subscription { onRefused { id } }')).toEqual({
      id: '1',
      type: 'error',
      payload: { errors: [{ errorType: 'Closed', message: 'Not today' }] },
    });
  });

  test.each([
    [
      'a query',
      'query { a }',
      {
        errorType: 'UnsupportedOperation',
        message: 'Operation of type query is not supported through the realtime channel',
      },
    ],
    [
      'a mutation',
      'mutation { removeNote(id: 1) { id } }',
      {
        errorType: 'UnsupportedOperation',
        message: 'Operation of type mutation is not supported through the realtime channel',
      },
    ],
    [
      'an invalid document',
      'subscription { onNote { nope } }',
      { message: "Validation error of type FieldUndefined: Field 'nope' in type 'Note' is undefined @ 'onNote/nope'" },
    ],
    [
      'two root fields',
      'subscription A { onNote { id } onMine { id } }',
      {
        message:
          'Validation error of type SubscriptionMultipleRootFields: Subscription operation A must have exactly one root field.',
      },
    ],
    [
      'no GraphQL',
      'subscription {',
      { errorType: 'MalformedHttpRequestException', message: 'Unable to parse GraphQL query.' },
    ],
    [
      'a variable that does not fit',
      'subscription ($o: String!) { onNote(owner: $o) { id } }',
      { message: "Variable 'o' has coerced Null value for NonNull type 'String!'" },
    ],
  ])('%s is refused', async (_title, query, error) => {
    const { port } = await serve();
    const client = await connectClient(port);
    expect(await client.start('1', query)).toEqual({ id: '1', type: 'error', payload: { errors: [error] } });
  });

  test('a frame that is none, or lacks its data, is an error', async () => {
    const { port } = await serve();
    const client = await connectClient(port);
    for (const frame of ['nonsense', '[]', { type: 'start' }, { type: 'ping', id: '1' }]) {
      client.send(frame);
      expect(await client.next()).toMatchObject({
        type: 'error',
        payload: { errors: [{ errorType: 'UnsupportedOperation' }] },
      });
    }
    client.send({ id: '1', type: 'start', payload: null });
    expect(await client.next()).toMatchObject({
      id: '1',
      type: 'error',
      payload: { errors: [{ errorType: 'BadRequestException' }] },
    });
  });

  test('an id is taken while its subscription lives', async () => {
    const { port } = await serve();
    const client = await connectClient(port);
    const query = 'subscription { onNote { id } }';
    expect(await client.start('1', query)).toMatchObject({ type: 'start_ack' });
    expect(await client.start('1', query)).toMatchObject({
      id: '1',
      type: 'error',
      payload: { errors: [{ errorType: 'DuplicatedOperationError' }] },
    });
    client.send({ id: '1', type: 'stop' });
    expect(await client.next()).toEqual({ id: '1', type: 'complete' });
    expect(await client.start('1', query)).toMatchObject({ type: 'start_ack' });
  });

  test('nothing is delivered after a stop, and an unknown id cannot be stopped', async () => {
    const { port, query } = await serve();
    const client = await connectClient(port);
    await client.start('1', 'subscription { onNote { id } }');
    client.send({ id: '1', type: 'stop' });
    expect(await client.next()).toEqual({ id: '1', type: 'complete' });
    await query(ADD, { id: 1 });
    client.send({ id: '1', type: 'stop' });
    expect(await client.next()).toEqual({
      id: '1',
      type: 'error',
      payload: { errors: [{ errorType: 'UnknownOperationError', message: 'Unknown operation id 1' }] },
    });
  });

  test('a connection has at most 200 subscriptions', async () => {
    const { port } = await serve();
    const client = await connectClient(port);
    for (let id = 1; id <= 200; id += 1) await client.start(String(id), 'subscription { onNote { id } }');
    expect(await client.start('201', 'subscription { onNote { id } }')).toEqual({
      id: '201',
      type: 'error',
      payload: {
        errors: [{ errorType: 'MaxSubscriptionsReachedError', message: 'Max number of 200 subscriptions reached' }],
      },
    });
  });
});

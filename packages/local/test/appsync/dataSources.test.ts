import { describe, expect, test, vi } from 'vitest';
import { code, recordingAuthorizer, returns, start, type TestOptions } from './support.ts';

const SCHEMA = /* GraphQL */ `
  type Query {
    a: AWSJSON
    b: AWSJSON
    items: [Item]
  }
  type Item {
    id: ID
    extra: String
  }
`;
const seen = 'return { result: ctx.result, error: ctx.error };';
const invoke = (payload: string, more = '') =>
  code(`return { operation: 'Invoke', payload: ${payload}${more} };`, seen);
const items = returns('[{ id: 1 }, { id: 2 }, { id: 3 }]');

async function outcome(api: ReturnType<typeof start>): Promise<unknown> {
  const { data } = (await api.query('{ a }')) as { data: { a: string } };
  return JSON.parse(data.a) as unknown;
}

/** The first that the seed of these tests makes. */
const TRACE = 'Root=1-69a42a40-959be1f8bc33448b3e0a20c6';

describe('Lambda', () => {
  const lambda = (resolver: string, invokeLambda: TestOptions['invokeLambda'], options: TestOptions = {}) =>
    start(
      { schema: SCHEMA, resolvers: { 'Query.a': { dataSource: 'function', code: resolver } } },
      { ...options, invokeLambda },
    );

  test('the function gets the payload itself, and its answer is the result', async () => {
    const invokeLambda = vi.fn(async () => ({ payload: { answer: 42 } }));
    const authorizer = recordingAuthorizer();
    expect(await outcome(lambda(invoke('{ field: ctx.info.fieldName }'), invokeLambda, { authorizer }))).toEqual({
      result: { answer: 42 },
    });
    const arn = 'arn:aws:lambda:us-east-1:123456789012:function:answer';
    expect(invokeLambda.mock.calls).toEqual([[arn, { field: 'a' }, 'RequestResponse', TRACE]]);
    expect(authorizer.asked).toEqual([{ action: 'lambda:InvokeFunction', resource: arn }]);
  });

  test('an Event is sent, and the result is null', async () => {
    const invokeLambda = vi.fn(async () => ({ payload: undefined }));
    expect(await outcome(lambda(invoke('1', ", invocationType: 'Event'"), invokeLambda))).toEqual({ result: null });
    expect(invokeLambda.mock.calls).toMatchObject([[expect.anything(), 1, 'Event', TRACE]]);
  });

  test('a thrown error is ctx.error', async () => {
    const failing = async () => ({
      payload: null,
      functionError: { errorType: 'TypeError', errorMessage: 'x is not y' },
    });
    expect(await outcome(lambda(invoke('1'), failing))).toEqual({
      result: null,
      error: { type: 'Lambda:Unhandled', message: 'x is not y' },
    });
  });

  test('a missing permission names the data source', async () => {
    const authorizer = recordingAuthorizer(['lambda:InvokeFunction']);
    const { error } = (await outcome(lambda(invoke('1'), async () => ({ payload: 1 }), { authorizer }))) as {
      error: { type: string; message: string };
    };
    expect(error.type).toBe('Lambda:AccessDeniedException');
    expect(error.message).toContain('lambda:InvokeFunction');
    expect(error.message).toContain('[aws_appsync_datasource.function]');
  });

  test('BatchInvoke gathers siblings up to the batch size, in order', async () => {
    const batches: unknown[] = [];
    const api = start(
      {
        schema: SCHEMA,
        resolvers: {
          'Query.items': items,
          'Item.extra': {
            dataSource: 'function',
            maxBatchSize: 2,
            code: code("return { operation: 'BatchInvoke', payload: ctx.source.id };"),
          },
        },
      },
      {
        invokeLambda: async (_arn, payload) => {
          batches.push(payload);
          return { payload: (payload as number[]).map((id) => (id === 2 ? null : `extra ${id}`)) };
        },
      },
    );
    expect(await api.query('{ items { extra } }')).toEqual({
      data: { items: [{ extra: 'extra 1' }, { extra: null }, { extra: 'extra 3' }] },
    });
    expect(batches).toEqual([[1, 2], [3]]);
  });

  test('a batch answered with another number of results fails each item', async () => {
    const api = start(
      {
        schema: SCHEMA,
        resolvers: {
          'Query.items': items,
          'Item.extra': {
            dataSource: 'function',
            code: code("return { operation: 'BatchInvoke', payload: 1 };", 'return ctx.error.type;'),
          },
        },
      },
      { invokeLambda: async () => ({ payload: [1] }) },
    );
    expect(await api.query('{ items { extra } }')).toEqual({
      data: { items: [1, 2, 3].map(() => ({ extra: 'Lambda:IllegalArgument' })) },
    });
  });
});

describe('a direct Lambda resolver', () => {
  const direct = (invokeLambda: TestOptions['invokeLambda'], maxBatchSize = 0) =>
    start(
      { schema: SCHEMA, resolvers: { 'Query.items': items, 'Item.extra': { dataSource: 'function', maxBatchSize } } },
      { invokeLambda },
    );

  test('sends the whole context, and takes the answer for the value', async () => {
    const payloads: unknown[] = [];
    const { query } = direct(async (_arn, payload) => {
      payloads.push(payload);
      return { payload: 'value' };
    });
    expect(await query('{ items { extra } }')).toMatchObject({ data: { items: [{ extra: 'value' }, {}, {}] } });
    expect(payloads[0]).toEqual({
      arguments: {},
      identity: null,
      source: { id: 1 },
      request: { headers: { 'x-api-key': 'da2-testkey', 'x-amzn-trace-id': TRACE }, domainName: null },
      prev: null,
      info: {
        fieldName: 'extra',
        parentTypeName: 'Item',
        variables: {},
        selectionSetList: [],
        selectionSetGraphQL: '',
      },
      stash: {},
    });
  });

  test('a thrown error is an entry with its own name', async () => {
    const { query } = direct(async () => ({
      payload: null,
      functionError: { errorType: 'RangeError', errorMessage: 'too far' },
    }));
    const { errors } = await query('{ items { extra } }');
    expect(errors?.[0]).toMatchObject({ path: ['items', 0, 'extra'], errorType: 'RangeError', message: 'too far' });
  });

  test('UnauthorizedException has a message of its own', async () => {
    const { query } = direct(async () => ({
      payload: null,
      functionError: { errorType: 'UnauthorizedException', errorMessage: 'who are you' },
    }));
    const { errors } = await query('{ items { extra } }');
    expect(errors?.[0]).toMatchObject({ message: 'You are not authorized to make this call.' });
  });

  test('in batches, each element says data or errorMessage', async () => {
    const { query } = direct(
      async () => ({ payload: [{ data: 'one', other: 1 }, { errorMessage: 'no two', errorType: 'Missing' }, null] }),
      10,
    );
    const { data, errors } = await query('{ items { extra } }');
    expect(data).toEqual({ items: [{ extra: 'one' }, { extra: null }, { extra: null }] });
    expect(errors).toMatchObject([{ path: ['items', 1, 'extra'], errorType: 'Missing', message: 'no two' }]);
  });
});

test('a data source that does not answer in 30 seconds fails its field, the others are delivered', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const { query } = start(
      {
        schema: SCHEMA,
        resolvers: { 'Query.a': { dataSource: 'function', code: invoke('1') }, 'Query.b': returns('1') },
      },
      { invokeLambda: () => new Promise(() => undefined) },
    );
    const answer = query('{ a b }');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await answer).toMatchObject({
      data: { a: null, b: '1' },
      errors: [{ path: ['a'], errorType: 'ExecutionTimeout', message: 'Execution timed out.' }],
    });
  } finally {
    vi.useRealTimers();
  }
});

describe('HTTP', () => {
  const http = (request: string, answer: () => Promise<Response>) => {
    const calls: [URL, RequestInit][] = [];
    const api = start(
      { schema: SCHEMA, resolvers: { 'Query.a': { dataSource: 'web', code: code(`return ${request};`, seen) } } },
      {
        fetch: (async (url: URL, init: RequestInit) => {
          calls.push([url, init]);
          return answer();
        }) as typeof fetch,
      },
    );
    return { api, calls };
  };

  test('sends method, path, query, headers and body; any status is a result', async () => {
    const { api, calls } = http(
      "{ method: 'POST', resourcePath: '/v1/items', params: { query: { q: 'a b' }, headers: { 'X-Trace': 't' }, body: { n: 1 } } }",
      async () => new Response('{"no":1}', { status: 404, headers: { 'x-kind': 'k' } }),
    );
    expect(await outcome(api)).toEqual({
      result: {
        statusCode: 404,
        headers: { 'content-type': 'text/plain;charset=UTF-8', 'x-kind': 'k' },
        body: '{"no":1}',
      },
    });
    const [url, init] = calls[0] ?? [];
    expect(String(url)).toBe('https://api.example.com/v1/items?q=a+b');
    expect(init).toMatchObject({ method: 'POST', headers: { 'x-trace': 't' }, body: '{"n":1}' });
  });

  test('a connection that fails is ctx.error', async () => {
    const { api } = http("{ method: 'GET', resourcePath: '/' }", () =>
      Promise.reject(new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') })),
    );
    expect(await outcome(api)).toEqual({
      result: null,
      error: { type: 'Http:ConnectionError', message: 'https://api.example.com: ECONNREFUSED' },
    });
  });

  test.each([
    ["{ method: 'TRACE', resourcePath: '/' }", "Unsupported method 'TRACE'."],
    ["{ method: 'GET', resourcePath: '@evil.example/' }", "Value for field '$[resourcePath]' must start with '/'."],
    ["{ method: 'GET', resourcePath: '/', params: { headers: { Host: 'x' } } }", "Header 'Host' can not be set."],
  ])('%s is refused and nothing is sent', async (request, message) => {
    const { api, calls } = http(request, async () => new Response(''));
    expect(await api.query('{ a }')).toMatchObject({ errors: [{ errorType: 'MappingTemplate', message }] });
    expect(calls).toEqual([]);
  });

  test('is signed when the data source says so', async () => {
    const headers: Record<string, string>[] = [];
    const api = start(
      {
        schema: SCHEMA,
        resolvers: {
          'Query.a': {
            dataSource: 'states',
            code: code("return { method: 'POST', resourcePath: '/', params: { body: {} } };"),
          },
        },
        dataSources: [
          {
            name: 'states',
            address: 'aws_appsync_datasource.states',
            type: 'HTTP',
            endpoint: 'https://states.us-east-1.amazonaws.com',
            principal: { arn: 'arn:aws:iam::123456789012:role/states' },
            signingService: 'states',
            signingRegion: 'us-east-1',
          },
        ],
      },
      {
        credentials: () => ({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }),
        fetch: (async (_url: URL, init: RequestInit) => {
          headers.push(init.headers as Record<string, string>);
          return new Response('{}');
        }) as typeof fetch,
      },
    );
    await api.query('{ a }');
    expect(headers[0]?.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/states\/aws4_request, /,
    );
  });
});

test('a NONE data source hands its payload back, null without one', async () => {
  const api = start({ schema: SCHEMA, resolvers: { 'Query.a': returns('[1]'), 'Query.b': code('return {};') } });
  expect(await api.query('{ a b }')).toEqual({ data: { a: '[1]', b: null } });
});

test('a data source of a type that is not emulated refuses when it is used', async () => {
  const api = start({
    schema: SCHEMA,
    resolvers: { 'Query.a': { dataSource: 'search', code: code('return {};') }, 'Query.b': returns('1') },
  });
  expect(await api.query('{ a b }')).toMatchObject({
    data: { a: null, b: '1' },
    errors: [
      {
        errorType: 'NotEmulated',
        message:
          'a data source of type AMAZON_OPENSEARCH_SERVICE (aws_appsync_datasource.search) is not emulated by @hiroba/local',
      },
    ],
  });
});

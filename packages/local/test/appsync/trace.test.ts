import { expect, test } from 'vitest';
import type { RequestTrace } from '../../src/services/appsync/trace/trace.ts';
import { code, start, type TestOptions } from './support.ts';

const ASKED = { 'x-api-key': 'da2-testkey', 'x-hiroba-trace': '1' };
const SCHEMA = `
  type Query { post(id: ID!): Post  posts: [Post]  refused: String  early: String  called: String }
  type Post { id: ID  text: String  author: Author }
  type Author { name: String }
`;
const READ = `ctx.stash.seen = ctx.args.id; return ddb.get({ key: { pk: 'u1', sk: ctx.args.id } });`;
const RESOLVERS = {
  'Query.post': { dataSource: 'posts', code: code(READ, `return { id: ctx.result.sk, text: ctx.result.text };`) },
  'Query.posts': {
    functions: [
      {
        dataSource: 'posts',
        code: code(`return ddb.query({ query: { pk: { eq: 'u1' } } });`, 'return ctx.result.items;'),
      },
      { code: code(`console.log('between'); return { payload: ctx.prev.result };`) },
    ],
    code: code('return {};', 'return ctx.prev.result;'),
  },
  'Post.author': code(`return { payload: { name: 'Sei' } };`),
  'Query.refused': code(`util.error('No', 'NO');`),
  'Query.early': code(`runtime.earlyReturn('soon');`),
  'Query.called': { dataSource: 'function', code: code(`return { operation: 'Invoke', payload: 7 };`) },
};

function startTraced(options: TestOptions = {}) {
  const api = start({ schema: SCHEMA, resolvers: RESOLVERS }, options);
  for (const sk of ['1', '2']) {
    const Item = { pk: { S: 'u1' }, sk: { S: sk }, text: { S: 'a'.repeat(5_000) } };
    api.dynamodb.execute('PutItem', { TableName: 'Posts', Item });
  }
  const traced = async (query: string): Promise<RequestTrace> => {
    const { extensions } = (await api.query(query, {}, ASKED)) as { extensions: { trace: RequestTrace } };
    return extensions.trace;
  };
  return { ...api, traced };
}

/** Without what is measured by the machine's clock. */
const withoutTimes = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, member: unknown) => (/^(milliseconds|at)$/.test(key) ? undefined : member)));

test('nobody gets a trace who does not ask for it', async () => {
  const { query } = startTraced();
  expect(Object.keys(await query('{ post(id: "1") { id } }'))).toEqual(['data']);
});

test('a trace tells the context, the evaluated request, the result, the units and what a million costs', async () => {
  const { traced } = startTraced();
  const [resolver] = (await traced('{ post(id: "1") { id } }')).resolvers;
  // 5,000 bytes are two units, and half of that by an eventually consistent read.
  const cost = { readUnits: 1, writeUnits: 0, functionCalls: 0, httpCalls: 0, usdPerMillion: 0.125 };
  const item = { pk: 'u1', sk: '1', text: 'a'.repeat(5_000) };
  expect(withoutTimes(resolver)).toEqual({
    path: ['post'],
    field: 'Query.post',
    address: 'aws_appsync_resolver.Query_post',
    cost,
    context: { arguments: { id: '1' }, identity: null, source: null, stash: { seen: '1' } },
    steps: [
      {
        kind: 'request',
        of: 'aws_appsync_resolver.Query_post',
        result: { operation: 'GetItem', key: { pk: { S: 'u1' }, sk: { S: '1' } } },
      },
      {
        kind: 'call',
        of: 'aws_appsync_resolver.Query_post',
        dataSource: 'posts',
        type: 'AMAZON_DYNAMODB',
        cost,
        consumed: [{ TableName: 'Posts', CapacityUnits: 1, Table: { CapacityUnits: 1 } }],
        result: item,
      },
      { kind: 'response', of: 'aws_appsync_resolver.Query_post', result: { id: '1', text: item.text } },
    ],
    result: { id: '1', text: item.text },
  });
});

test('the request is paid for beside what its resolvers used', async () => {
  const { traced } = startTraced();
  const { cost, requestId, milliseconds } = await traced('{ post(id: "1") { id } again: post(id: "2") { id } }');
  expect(cost).toEqual({ readUnits: 2, writeUnits: 0, functionCalls: 0, httpCalls: 0, usdPerMillion: 4.25 });
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(milliseconds).toBeGreaterThan(0);
});

test('every step of a pipeline and every field of a list has its place', async () => {
  const { traced } = startTraced();
  const { resolvers } = await traced('{ posts { author { name } } }');
  expect(resolvers.map(({ path, field }) => [path.join('/'), field])).toEqual([
    ['posts', 'Query.posts'],
    ['posts/0/author', 'Post.author'],
    ['posts/1/author', 'Post.author'],
  ]);
  expect(resolvers[0]?.steps.map(({ kind, of }) => `${kind} ${of}`)).toEqual([
    'request aws_appsync_resolver.Query_posts',
    'request aws_appsync_function.Query_posts_0',
    'call aws_appsync_function.Query_posts_0',
    'response aws_appsync_function.Query_posts_0',
    'request aws_appsync_function.Query_posts_1',
    'call aws_appsync_function.Query_posts_1',
    'response aws_appsync_function.Query_posts_1',
    'response aws_appsync_resolver.Query_posts',
  ]);
  expect(resolvers[0]?.steps[4]).toMatchObject({ logs: [expect.stringContaining('"between"')] });
  expect(resolvers[1]?.context.source).toMatchObject({ sk: '1' });
});

test('errors and early returns are in it', async () => {
  const { traced } = startTraced();
  const { resolvers } = await traced('{ refused early }');
  expect(resolvers.map(({ steps, result }) => [withoutTimes(steps), result])).toEqual([
    [
      [
        {
          kind: 'request',
          of: 'aws_appsync_resolver.Query_refused',
          result: null,
          error: { message: 'No', errorType: 'NO' },
        },
      ],
      null,
    ],
    [[{ kind: 'request', of: 'aws_appsync_resolver.Query_early', result: 'soon', earlyReturn: 'NEXT' }], 'soon'],
  ]);
});

test('a call of a function is counted, and what went wrong with it is told', async () => {
  const functionError = { errorType: 'Error', errorMessage: 'Broken' };
  const { traced } = startTraced({ invokeLambda: () => Promise.resolve({ payload: null, functionError }) });
  const { resolvers } = await traced('{ called }');
  expect(withoutTimes(resolvers[0]?.steps[1])).toEqual({
    kind: 'call',
    of: 'aws_appsync_resolver.Query_called',
    dataSource: 'function',
    type: 'AWS_LAMBDA',
    cost: { readUnits: 0, writeUnits: 0, functionCalls: 1, httpCalls: 0, usdPerMillion: 0.2 },
    result: null,
    error: { type: 'Lambda:Unhandled', message: 'Broken' },
  });
});

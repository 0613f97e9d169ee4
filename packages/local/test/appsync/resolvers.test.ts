import { expect, test } from 'vitest';
import { SCHEMA } from './blogSchema.ts';
import { API_KEY, code, returns, start } from './support.ts';

const LOCATION = [{ line: 1, column: 3, sourceName: null }];

test('pipeline functions hand their results on and share the stash of their resolver only', async () => {
  const pipeline = {
    code: code(
      'ctx.stash.steps = [ctx.info.fieldName]; return { begun: true };',
      'return { result: ctx.result, prev: ctx.prev.result, steps: ctx.stash.steps };',
    ),
    functions: [
      {
        code: code(
          'return { payload: ctx.prev.result };',
          "ctx.stash.steps.push('one'); return { from: ctx.result, args: ctx.args };",
        ),
      },
      { code: code('return { payload: ctx.prev.result };', "ctx.stash.steps.push('two'); return [ctx.result];") },
    ],
  };
  const { query } = start({ schema: SCHEMA, resolvers: { 'Query.echo': pipeline } });
  const { data } = (await query('{ echo(text: "a") other: echo(text: "b") }')) as { data: Record<string, string> };
  const last = (text: string) => [{ from: { begun: true }, args: { text, flag: true } }];
  expect(JSON.parse(data.echo ?? '')).toEqual({ result: last('a'), prev: last('a'), steps: ['echo', 'one', 'two'] });
  expect(JSON.parse(data.other ?? '')).toEqual({ result: last('b'), prev: last('b'), steps: ['echo', 'one', 'two'] });
});

test('an early return of a unit resolver is the value; its response handler does not run', async () => {
  const { query } = start({
    schema: SCHEMA,
    resolvers: { 'Query.count': code('runtime.earlyReturn(4);', 'return 5;') },
  });
  expect(await query('{ count }')).toEqual({ data: { count: 4 } });
});

test.each([
  ['a function goes on with the next one', 'runtime.earlyReturn("early");', '[early]2.'],
  ['a function with skipTo NEXT does too', 'runtime.earlyReturn("early", { skipTo: "NEXT" });', '[early]2.'],
  [
    'a function with skipTo END goes to the response of the pipeline',
    'runtime.earlyReturn("early", { skipTo: "END" });',
    '[early].',
  ],
])('an early return of %s', async (_title, early, expected) => {
  const pipeline = {
    code: code('return {};', 'return `${ctx.prev.result}.`;'),
    functions: [
      { code: code(early, 'return "never";') },
      { code: code('return {};', 'return `${ctx.prev.result}2`;') },
    ],
  };
  const { query } = start({
    schema: 'type Query { text: String }',
    resolvers: { 'Query.text': { ...pipeline, functions: pipeline.functions } },
  });
  const { data } = (await query('{ text }')) as { data: { text: string } };
  expect(data.text).toBe(expected.replace('[early]', 'early'));
});

test('an early return of a pipeline skips its functions, and its response handler runs', async () => {
  const { query } = start({
    schema: 'type Query { text: String }',
    resolvers: {
      'Query.text': {
        code: code('runtime.earlyReturn("early");', 'return `${ctx.prev.result}.`;'),
        functions: [{ code: code('return {};', 'return "never";') }],
      },
    },
  });
  expect(await query('{ text }')).toEqual({ data: { text: 'early.' } });
});

test('util.error stops the pipeline; data is cut to the selection, errorInfo is not', async () => {
  const { post } = start({
    schema: SCHEMA,
    resolvers: {
      'Query.post': {
        code: code('return {};'),
        functions: [
          { code: code("util.error('Nope', 'Conflict', { id: 1, title: 'T', score: 3 }, { retry: [1] });") },
          { code: code("util.error('never reached');") },
        ],
      },
    },
  });
  const { body } = await post(JSON.stringify({ query: '{\n  post(id: 1) { id title }\n}' }));
  expect(body).toBe(
    '{"data":{"post":null},"errors":[{"path":["post"],"data":{"id":1,"title":"T"},"errorType":"Conflict","errorInfo":{"retry":[1]},' +
      '"locations":[{"line":2,"column":3,"sourceName":null}],"message":"Nope"}]}',
  );
});

test('util.appendError goes on, and later handlers see the error in ctx.outErrors', async () => {
  const { query } = start({
    schema: SCHEMA,
    resolvers: {
      'Query.count': code(
        "util.appendError('one', 'A'); return { payload: 1 };",
        "util.appendError('two'); return ctx.outErrors.length;",
      ),
    },
  });
  expect(await query('{ count }')).toEqual({
    data: { count: 2 },
    errors: [
      { path: ['count'], data: null, errorType: 'A', errorInfo: null, locations: LOCATION, message: 'one' },
      { path: ['count'], data: null, errorType: null, errorInfo: null, locations: LOCATION, message: 'two' },
    ],
  });
});

test('util.unauthorized names the field, and an error in a list names the index', async () => {
  const { query } = start({
    schema: SCHEMA,
    resolvers: {
      'Query.posts': returns('[{ id: 1 }, { id: 2 }]'),
      'Post.author': code('if (ctx.source.id === 2) { util.unauthorized(); } return { payload: { name: "A" } };'),
    },
  });
  expect(await query('{ posts { id author { name } } }')).toEqual({
    data: {
      posts: [
        { id: '1', author: { name: 'A' } },
        { id: '2', author: null },
      ],
    },
    errors: [
      {
        path: ['posts', 1, 'author'],
        data: null,
        errorType: 'Unauthorized',
        errorInfo: null,
        locations: [{ line: 1, column: 14, sourceName: null }],
        message: 'Not Authorized to access author on type Post',
      },
    ],
  });
});

test('a failed resolver of a field that must not be null adds no second error', async () => {
  const { query } = start({
    schema: 'type Query { a: A } type A { b: String! c: String }',
    resolvers: { 'Query.a': returns("{ c: 'c' }"), 'A.b': code("util.error('bad');") },
  });
  const { data, errors } = await query('{ a { c b } }');
  expect(data).toEqual({ a: null });
  expect(errors?.map(({ message }) => message)).toEqual(['bad']);
});

test('the context carries what AppSync puts there', async () => {
  const { query } = start({
    schema: SCHEMA,
    environment: { STAGE: 'test' },
    resolvers: {
      'Query.echo': code(
        'return { payload: { arguments: ctx.arguments, source: ctx.source, identity: ctx.identity, env: ctx.env, request: ctx.request, field: ctx.info.fieldName, type: ctx.info.parentTypeName, variables: ctx.info.variables } };',
      ),
    },
  });
  const headers = { 'x-api-key': API_KEY, cookie: 'secret=1', 'x-custom': 'a' };
  const { data } = (await query('query ($t: String, $l: [Int]) { echo(text: $t, list: $l) }', { t: 'x' }, headers)) as {
    data: { echo: string };
  };
  expect(JSON.parse(data.echo)).toEqual({
    arguments: { text: 'x', list: null, flag: true },
    source: null,
    identity: null,
    env: { STAGE: 'test' },
    request: {
      headers: { 'x-api-key': API_KEY, 'x-custom': 'a', 'x-amzn-trace-id': 'Root=1-69a42a40-959be1f8bc33448b3e0a20c6' },
      domainName: null,
    },
    field: 'echo',
    type: 'Query',
    variables: { t: 'x' },
  });
});

test('the selection set is listed by alias, and only the own fields of an interface are', async () => {
  const list = returns('{ id: ctx.info.selectionSetList.join(" "), title: ctx.info.selectionSetGraphQL }');
  const { query } = start({
    schema: SCHEMA,
    resolvers: {
      'Query.post': list,
      'Query.node': returns('{ __typename: "Post", id: ctx.info.selectionSetList.join(" ") }'),
    },
  });
  const document = `{ post(id: 1) { id head: title author { name } ... on Post { level } ...f } node { id ... on Post { title } } }
    fragment f on Post { again: related { id } }`;
  const { data } = (await query(document)) as { data: { post: { id: string; head: string }; node: { id: string } } };
  expect(data.post.id).toBe('id head author author/name level again again/id');
  expect(data.post.head).toBe(
    '{\n  id\n  head: title\n  author {\n    name\n  }\n  ... on Post {\n    level\n  }\n  ...f\n}',
  );
  expect(data.node.id).toBe('id');
});

test('response headers that a resolver adds are sent', async () => {
  const { post } = start({
    schema: SCHEMA,
    resolvers: { 'Query.count': code("util.http.addResponseHeader('x-total', '3'); return { payload: 3 };") },
  });
  const { headers } = await post(JSON.stringify({ query: '{ count }' }));
  expect(headers['x-total']).toBe('3');
});

test('what resolvers log is handed out', async () => {
  const lines: string[] = [];
  const { query } = start(
    { schema: SCHEMA, resolvers: { 'Query.count': code("console.log('hello', 1); return { payload: 3 };") } },
    { onLog: (line) => lines.push(line) },
  );
  await query('{ count }');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/"hello" 1$/);
});

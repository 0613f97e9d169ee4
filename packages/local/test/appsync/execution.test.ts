import { expect, test } from 'vitest';
import { SCHEMA } from './blogSchema.ts';
import { code, returns, start } from './support.ts';

const LOCATION = [{ line: 1, column: 3, sourceName: null }];
const echo = returns('ctx.args');

test('a unit resolver answers a field from its response handler', async () => {
  const { query } = start({
    schema: SCHEMA,
    resolvers: { 'Query.post': returns("{ id: ctx.args.id, title: 'Hello', secret: 1 }") },
  });
  expect(await query('{ post(id: 7) { id heading: title __typename } }')).toEqual({
    data: { post: { id: '7', heading: 'Hello', __typename: 'Post' } },
  });
});

test('members come in the order of the query, whichever resolver is ready first', async () => {
  const slow = { dataSource: 'function', code: code("return { operation: 'Invoke', payload: 1 };") };
  const { post } = start(
    { schema: SCHEMA, resolvers: { 'Query.count': slow, 'Query.echo': echo } },
    { invokeLambda: async () => ({ payload: 3 }) },
  );
  const { body } = await post(JSON.stringify({ query: '{ count echo(text: "a") again: count }' }));
  expect(body).toBe('{"data":{"count":3,"echo":"{\\"text\\":\\"a\\",\\"flag\\":true}","again":3}}');
});

test('fragments, skip and include select by the type of the object and the variables', async () => {
  const { query } = start({
    schema: SCHEMA,
    resolvers: {
      'Query.nodes': returns(
        "[{ __typename: 'Post', id: 1, title: 'T' }, { __typename: 'Blog', id: 2, category: 'C' }, null]",
      ),
      'Query.search': returns("[{ __typename: 'Blog', id: 2, category: 'C' }]"),
    },
  });
  const document = `query Q($yes: Boolean!) {
    nodes { __typename ...on Post { title @skip(if: $yes) id } ...blog }
    search { ... on Node { id } ... on Blog { category } }
  }
  fragment blog on Blog { category @include(if: $yes) }`;
  expect(await query(document, { yes: true })).toEqual({
    data: {
      nodes: [{ __typename: 'Post', id: '1' }, { __typename: 'Blog', category: 'C' }, null],
      search: [{ id: '2', category: 'C' }],
    },
  });
  expect(await query(document, { yes: false })).toEqual({
    data: {
      nodes: [{ __typename: 'Post', title: 'T', id: '1' }, { __typename: 'Blog' }, null],
      search: [{ id: '2', category: 'C' }],
    },
  });
});

test('an abstract type without a usable __typename is an error of its place only', async () => {
  const { query } = start({
    schema: SCHEMA,
    resolvers: {
      'Query.nodes': returns("[{ id: 1 }, { __typename: 'Author', id: 1 }, { __typename: 'Blog', id: 2 }]"),
    },
  });
  const text = (index: number) =>
    `Can't resolve '/nodes[${index}]'. Abstract type 'Node' must resolve to an Object type at runtime for field 'Query.nodes'. Could not determine the exact type of 'Node'`;
  expect(await query('{ nodes { id } }')).toEqual({
    data: { nodes: [null, null, { id: '2' }] },
    errors: [
      { path: ['nodes', 0], locations: null, message: text(0) },
      { path: ['nodes', 1], locations: null, message: text(1) },
    ],
  });
});

test('a null that must not be takes the nearest nullable parent with it, and is reported once', async () => {
  const { post } = start({
    schema: SCHEMA,
    resolvers: { 'Query.strict': returns("{ requiredField: 'a', optional: { requiredField: 'b', inner: {} } }") },
  });
  const { body } = await post(
    JSON.stringify({ query: '{ strict { requiredField optional { requiredField inner { requiredField } } } }' }),
  );
  expect(body).toBe(
    '{"data":{"strict":{"requiredField":"a","optional":null}},"errors":[{"path":["strict","optional","inner","requiredField"],"locations":null,' +
      `"message":"Cannot return null for non-nullable type: 'String' within parent 'Strict' (/strict/optional/inner/requiredField)"}]}`,
  );
});

test('a null item empties a list whose items must not be null, and names its index', async () => {
  const { query } = start({ schema: SCHEMA, resolvers: { 'Query.strictPosts': returns('[{ id: 1 }, null]') } });
  expect(await query('{ strictPosts { id } }')).toEqual({
    data: { strictPosts: null },
    errors: [
      {
        path: ['strictPosts', 1],
        locations: null,
        message: "Cannot return null for non-nullable type: 'Post' within parent 'Query' (/strictPosts[1])",
      },
    ],
  });
});

test('a value its type cannot print becomes null, siblings survive', async () => {
  const { query } = start({
    schema: SCHEMA,
    resolvers: {
      'Query.post': returns("{ id: 1, title: { a: 1 }, score: 'many', level: 'MIDDLE', tags: 'x' }"),
      'Query.count': returns('2.5'),
    },
  });
  expect(await query('{ post(id: 1) { id title score level tags } count }')).toEqual({
    data: { post: { id: '1', title: '{a=1}', score: null, level: null, tags: null }, count: null },
    errors: [
      {
        path: ['post', 'score'],
        locations: null,
        message: "Can't serialize value (/post/score) : Expected type 'Int' but was 'String'.",
      },
      {
        path: ['post', 'level'],
        locations: null,
        message: "Can't serialize value (/post/level) : Invalid input for Enum 'Level'. Unknown value 'MIDDLE'",
      },
      {
        path: ['post', 'tags'],
        locations: null,
        message: "Can't resolve value (/post/tags) : type mismatch error, expected type LIST",
      },
      {
        path: ['count'],
        locations: null,
        message: "Can't serialize value (/count) : Expected type 'Int' but was 'Double'.",
      },
    ],
  });
});

test('sources offer their own members only', async () => {
  const { query } = start({
    schema:
      'type Query { constructor: String toString: String hasOwnProperty: String a: Holder } type Holder { valueOf: String }',
    resolvers: { 'Query.a': returns('{}') },
  });
  expect(await query('{ constructor toString hasOwnProperty a { valueOf } }')).toEqual({
    data: { constructor: null, toString: null, hasOwnProperty: null, a: { valueOf: null } },
  });
});

test('an alias called __proto__ is a member like any other', async () => {
  const { post } = start({ schema: SCHEMA, resolvers: { 'Query.count': returns('1') } });
  const { body } = await post(JSON.stringify({ query: '{ __proto__: count }' }));
  expect(body).toBe('{"data":{"__proto__":1}}');
});

test('arguments are coerced, defaults filled in, and variables that are not given are null', async () => {
  const { query } = start({ schema: SCHEMA, resolvers: { 'Query.echo': echo } });
  const ask = async (document: string, variables?: unknown) => {
    const { data } = (await query(document, variables)) as { data: { echo: string } };
    return JSON.parse(data.echo) as unknown;
  };
  expect(await ask('{ echo }')).toEqual({ flag: true });
  expect(await ask('{ echo(list: 3, flag: null) }')).toEqual({ list: [3], flag: null });
  expect(await ask('{ echo(input: {json: "{\\"a\\": [1]}"}) }')).toEqual({
    flag: true,
    input: { level: 'LOW', json: { a: [1] } },
  });
  const withVariables =
    'query ($text: String, $list: [Int], $input: Input) { echo(text: $text, list: $list, input: $input) }';
  expect(await ask(withVariables, { list: 3, input: { level: 'HIGH' } })).toEqual({
    flag: true,
    text: null,
    list: [3],
    input: { level: 'HIGH' },
  });
  expect(await ask('query ($flag: Boolean) { echo(flag: $flag) }', {})).toEqual({ flag: true });
  expect(await ask('query ($text: String = "d") { echo(text: $text) }', {})).toEqual({ flag: true, text: 'd' });
  expect(await ask('query ($text: String) { echo(input: {text: $text}) }', { text: 'v' })).toEqual({
    flag: true,
    input: { text: 'v', level: 'LOW' },
  });
});

test('mutation fields run one after the other, in order', async () => {
  const order: unknown[] = [];
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const call = (name: string) => ({
    dataSource: 'function',
    code: code(`return { operation: 'Invoke', payload: '${name}' };`),
  });
  const { query } = start(
    { schema: SCHEMA, resolvers: { 'Mutation.first': call('first'), 'Mutation.second': call('second') } },
    {
      invokeLambda: async (_arn, payload) => {
        order.push(`${String(payload)} begins`);
        if (payload === 'first') await held;
        order.push(`${String(payload)} ends`);
        return { payload };
      },
    },
  );
  const answer = query('mutation { first second }');
  release();
  expect(await answer).toEqual({ data: { first: 'first', second: 'second' } });
  expect(order).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
});

test('the resolver count limit nulls the fields beyond it', async () => {
  const { query } = start({
    schema: SCHEMA,
    resolverCountLimit: 2,
    resolvers: { 'Query.posts': returns('[{ id: 1 }, { id: 2 }]'), 'Post.author': returns("{ name: 'A' }") },
  });
  const { data, errors } = await query('{ posts { author { name } } }');
  expect(data).toEqual({ posts: [{ author: { name: 'A' } }, { author: null }] });
  expect(errors).toMatchObject([{ path: ['posts', 1, 'author'], errorType: 'ResolverExecutionLimitReached' }]);
});

test('the depth limit refuses the request, introspection excepted', async () => {
  const { query } = start({ schema: SCHEMA, queryDepthLimit: 2, resolvers: { 'Query.posts': returns('[{ id: 1 }]') } });
  expect(await query('{ posts { id } }')).toEqual({ data: { posts: [{ id: '1' }] } });
  expect(await query('{ posts { ...f } } fragment f on Post { author { name } }')).toMatchObject({
    data: null,
    errors: [{ errorType: 'QueryDepthLimitReached' }],
  });
  expect(await query('{ __schema { queryType { fields { type { name } } } } }')).not.toHaveProperty('errors');
});

test('introspection tells the schema, and is a validation error where it is switched off', async () => {
  const document = 'query ($name: String!) { kind: __type(name: $name) { name ...f } } fragment f on __Type { kind }';
  const on = start({ schema: SCHEMA });
  expect(await on.query(document, { name: 'AWSDateTime' })).toEqual({
    data: { kind: { name: 'AWSDateTime', kind: 'SCALAR' } },
  });
  const off = start({ schema: SCHEMA, introspection: false });
  expect(await off.query('{ __schema { queryType { name } } __typename }')).toEqual({
    data: null,
    errors: [
      {
        path: null,
        locations: LOCATION,
        message: "Validation error of type FieldUndefined: Field '__schema' in type 'Query' is undefined @ '__schema'",
      },
    ],
  });
  expect(await off.query('{ __typename }')).toEqual({ data: { __typename: 'Query' } });
});

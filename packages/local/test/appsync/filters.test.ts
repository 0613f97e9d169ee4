import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectClient, type RealtimeClient } from './realtimeClient.ts';
import { listen, returns, start } from './support.ts';

const SCHEMA = /* GraphQL */ `
  type Query {
    a: String
  }
  type Mutation {
    put(value: AWSJSON): Thing
  }
  type Subscription {
    onThing(filter: AWSJSON): Thing @aws_subscribe(mutations: ["put"])
  }
  type Thing {
    n: Float
    s: String
    b: Boolean
    list: [String]
    deep: Thing
    things: [Thing]
  }
`;

const api = start({
  schema: SCHEMA,
  resolvers: {
    'Mutation.put': returns('ctx.args.value'),
    'Subscription.onThing': {
      code: `import { extensions } from '@aws-appsync/utils';
        export function request(ctx) { return { payload: null }; }
        export function response(ctx) { extensions.setSubscriptionFilter(ctx.args.filter); return null; }`,
    },
  },
});
const SELECTION = '{ n s b list things { n } deep { n deep { n deep { n deep { n deep { n } } } } } }';

let server: Awaited<ReturnType<typeof listen>>;
let client: RealtimeClient;
beforeAll(async () => {
  server = await listen(api);
  client = await connectClient(server.port);
});
afterAll(() => server.close());

let count = 0;
async function delivers(filter: unknown, value: unknown): Promise<boolean> {
  const id = String((count += 1));
  const variables = { filter: JSON.stringify(filter) };
  const answer = await client.start(id, `subscription ($filter: AWSJSON) { onThing(filter: $filter) ${SELECTION} }`, {
    variables,
  });
  expect(answer).toEqual({ id, type: 'start_ack' });
  await api.query(`mutation ($value: AWSJSON) { put(value: $value) ${SELECTION} }`, { value: JSON.stringify(value) });
  client.send({ id, type: 'stop' });
  const { type } = await client.next();
  if (type === 'data') expect(await client.next()).toEqual({ id, type: 'complete' });
  return type === 'data';
}

test.each<readonly [string, unknown, unknown, boolean]>([
  ['eq', 1, { n: 1 }, true],
  ['eq', 1, { n: 2 }, false],
  ['eq', true, { b: true }, true],
  ['eq', 'a', { s: 'a' }, true],
  ['eq', 'a', {}, false],
  ['ne', 'a', { s: 'b' }, true],
  ['ne', 'a', { s: 'a' }, false],
  ['le', 2, { n: 2 }, true],
  ['lt', 2, { n: 2 }, false],
  ['lt', 'b', { s: 'a' }, true],
  ['ge', 2, { n: 2 }, true],
  ['gt', 2, { n: 2 }, false],
  ['gt', 1, { n: 2 }, true],
  ['gt', 1, {}, false],
  ['lte', 2, { n: 2 }, true],
  ['gte', 2, { n: 1 }, false],
  ['contains', 'ell', { s: 'hello' }, true],
  ['contains', 'x', { s: 'hello' }, false],
  ['contains', 'a', { list: ['a', 'b'] }, true],
  ['contains', 'a', { list: ['ab'] }, false],
  ['notContains', 'x', { s: 'hello' }, true],
  ['notContains', 'a', { list: ['a'] }, false],
  ['beginsWith', 'he', { s: 'hello' }, true],
  ['beginsWith', 'el', { s: 'hello' }, false],
  ['in', ['a', 'b'], { s: 'b' }, true],
  ['in', ['a', 'b'], { s: 'c' }, false],
  ['notIn', ['a', 'b'], { s: 'c' }, true],
  ['notIn', ['a', 'b'], { s: 'a' }, false],
  ['between', [1, 5], { n: 3 }, true],
  ['between', [1, 5], { n: 5 }, false],
  ['containsAny', ['x', 'b'], { list: ['a', 'b'] }, true],
  ['containsAny', ['x'], { list: ['a', 'b'] }, false],
])('%s %j on %j matches: %s', async (operator, value, published, expected) => {
  const fieldName = Object.keys(published as object)[0] ?? (typeof value === 'number' ? 'n' : 's');
  expect(await delivers({ filterGroup: [{ filters: [{ fieldName, operator, value }] }] }, published)).toBe(expected);
});

const eq = (fieldName: string, value: unknown) => ({ fieldName, operator: 'eq', value });
const nested = (levels: number, n: number): unknown => (levels === 1 ? { n } : { deep: nested(levels - 1, n) });

test('filters of a group must all hold, and one group is enough', async () => {
  const filter = { filterGroup: [{ filters: [eq('n', 1), eq('s', 'a')] }, { filters: [eq('b', true)] }] };
  expect(await delivers(filter, { n: 1, s: 'a' })).toBe(true);
  expect(await delivers(filter, { n: 1, s: 'b' })).toBe(false);
  expect(await delivers(filter, { n: 1, s: 'b', b: true })).toBe(true);
});

test('a path has at most five levels; a deeper filter is ignored', async () => {
  const filter = (fieldName: string) => ({ filterGroup: [{ filters: [eq(fieldName, 1)] }] });
  expect(await delivers(filter('deep.deep.deep.deep.n'), nested(5, 1))).toBe(true);
  expect(await delivers(filter('deep.deep.deep.deep.n'), nested(5, 2))).toBe(false);
  expect(await delivers(filter('deep.deep.deep.deep.deep.n'), nested(6, 2))).toBe(true);
});

test('a path does not look into lists of objects', async () => {
  expect(await delivers({ filterGroup: [{ filters: [eq('things.n', 1)] }] }, { things: [{ n: 1 }] })).toBe(false);
});

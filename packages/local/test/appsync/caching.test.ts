import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/random.ts';
import type { CachingBehavior, CachingConfig } from '../../src/services/appsync/model.ts';
import { api, API_KEY, code, POOL_ID, type Resolvers, returns, start, token } from './support.ts';

// https://docs.aws.amazon.com/appsync/latest/devguide/enabling-caching.html, and of evictions extensions-js.html

const AUTH = '@aws_api_key @aws_cognito_user_pools';
const SCHEMA = `
  type Query ${AUTH} {
    note(id: ID, filter: Filter): Note
    mine: String
    secret: String @aws_cognito_user_pools(cognito_groups: ["staff"])
    failing(id: ID): String
    warned: String
    evicts: String
  }
  type Mutation ${AUTH} { touch(id: ID): Note  evict(id: ID): String  evictOther(id: ID): String }
  input Filter { a: Int  b: Int }
  type Note ${AUTH} { id: ID  run: Int  author: Author }
  type Author ${AUTH} { name: String  run: Int }
`;

/** The number of runs so far: each run of a function counts one up. */
const RUN = code(`return { operation: 'Invoke', payload: ctx.info.fieldName };`, 'return ctx.result;');
const counted = (shape: string) => ({
  dataSource: 'function',
  code: code(`return { operation: 'Invoke', payload: null };`, `return ${shape};`),
});
const evicting = (keys: string) =>
  code('return { payload: "done" };', `extensions.evictFromApiCache('Query', 'note', ${keys}); return ctx.result;`);
const RESOLVERS: Resolvers = {
  'Query.note': counted('{ id: ctx.args.id, run: ctx.result, authorId: ctx.args.id }'),
  'Query.mine': { dataSource: 'function', code: RUN },
  'Query.secret': { dataSource: 'function', code: RUN },
  'Query.failing': {
    dataSource: 'function',
    code: code(`return { operation: 'Invoke', payload: null };`, `util.error('run ' + ctx.result);`),
  },
  'Query.warned': {
    dataSource: 'function',
    code: code(`return { operation: 'Invoke', payload: null };`, `util.appendError('careful'); return ctx.result;`),
  },
  'Query.evicts': evicting(`{ 'ctx.args.id': '1' }`),
  'Mutation.touch': counted('{ id: ctx.args.id, run: ctx.result, authorId: ctx.args.id }'),
  'Mutation.evict': evicting(`{ 'context.arguments.id': ctx.args.id }`),
  'Mutation.evictOther': evicting(`{ 'context.arguments.name': ctx.args.id }`),
  'Note.author': counted(`{ name: 'of ' + ctx.source.authorId, run: ctx.result }`),
};

function startCached(behavior: CachingBehavior, caching: Readonly<Record<string, CachingConfig>> = {}) {
  let runs = 0;
  const spec = {
    schema: SCHEMA,
    apiKeys: [{ key: API_KEY, expires: Number.POSITIVE_INFINITY }],
    additionalAuthentication: [
      { type: 'AMAZON_COGNITO_USER_POOLS', userPoolId: POOL_ID, defaultAction: 'ALLOW' } as const,
    ],
    cache: { address: 'aws_appsync_api_cache.cache', behavior, ttlSeconds: 60 },
    resolvers: RESOLVERS,
  };
  const withCaching = () => {
    const version = api(spec);
    return {
      ...version,
      resolvers: version.resolvers.map((one) => {
        const config = caching[`${one.typeName}.${one.fieldName}`];
        return config ? { ...one, caching: config } : one;
      }),
    };
  };
  const running = start(
    { ...spec, resolvers: {} },
    { invokeLambda: () => Promise.resolve({ payload: (runs += 1) }), random: seededRandom('cache') },
  );
  running.replace(withCaching());
  const ask = (query: string, variables?: unknown, headers?: Record<string, string>) =>
    running.query(query, variables, headers);
  return { ...running, ask, redeploy: () => running.replace(withCaching()), runs: () => runs };
}

const as = (sub: string, ...groups: string[]) => ({ authorization: token({ sub, 'cognito:groups': groups }) });

describe('per-resolver caching', () => {
  const byId: CachingConfig = { ttlSeconds: 30, keys: ['$context.arguments.id'] };
  const NOTE = '{ note(id: 1) { id run } }';

  test('answers from the cache for the time of the resolver, by the local clock', async () => {
    const { ask, clock } = startCached('PER_RESOLVER_CACHING', { 'Query.note': byId });
    expect(await ask(NOTE)).toEqual({ data: { note: { id: '1', run: 1 } } });
    clock.advance(29_999);
    expect(await ask(NOTE)).toEqual({ data: { note: { id: '1', run: 1 } } });
    clock.advance(1);
    expect(await ask(NOTE)).toEqual({ data: { note: { id: '1', run: 2 } } });
  });

  test('what is not in the keys does not matter, what is does', async () => {
    const { ask } = startCached('PER_RESOLVER_CACHING', { 'Query.note': byId });
    expect(await ask('{ one: note(id: 1, filter: { a: 1 }) { run } }')).toEqual({ data: { one: { run: 1 } } });
    expect(await ask('{ note(id: 1, filter: { a: 2 }) { run } }')).toEqual({ data: { note: { run: 1 } } });
    expect(await ask('{ note(id: 2) { run } }')).toEqual({ data: { note: { run: 2 } } });
    expect(await ask('{ note { run } }')).toEqual({ data: { note: { run: 3 } } });
    expect(await ask('{ note(id: null) { run } }')).toEqual({ data: { note: { run: 3 } } });
  });

  test('resolvers without a configuration run each time', async () => {
    const { ask } = startCached('PER_RESOLVER_CACHING', { 'Query.note': byId });
    expect([await ask('{ mine }'), await ask('{ mine }')]).toEqual([{ data: { mine: '1' } }, { data: { mine: '2' } }]);
  });

  test('a nested field is kept by its source, also in a list', async () => {
    const byAuthor: CachingConfig = { ttlSeconds: 30, keys: ['$context.source.authorId'] };
    const { ask } = startCached('PER_RESOLVER_CACHING', { 'Note.author': byAuthor });
    await ask('{ note(id: 7) { author { run } } }');
    expect(await ask('{ a: note(id: 7) { author { name run } } b: note(id: 8) { author { name } } }')).toMatchObject({
      data: { a: { author: { name: 'of 7', run: 2 } }, b: { author: { name: 'of 8' } } },
    });
  });

  test('without keys only the same caller with the same question is answered from it', async () => {
    const { ask } = startCached('PER_RESOLVER_CACHING', { 'Query.mine': { ttlSeconds: 30, keys: [] } });
    const answers = [];
    for (const headers of [as('ann'), as('bob'), as('ann'), undefined])
      answers.push(await ask('{ mine }', {}, headers));
    expect(answers.map(({ data }) => (data as { mine: string }).mine)).toEqual(['1', '2', '1', '3']);
  });

  test('a key without the caller is shared by all who may have the field, and by nobody else', async () => {
    const shared: CachingConfig = { ttlSeconds: 30, keys: ['$context.arguments.none'] };
    const { ask } = startCached('PER_RESOLVER_CACHING', { 'Query.secret': shared });
    expect(await ask('{ secret }', {}, as('ann', 'staff'))).toEqual({ data: { secret: '1' } });
    expect(await ask('{ secret }', {}, as('bob', 'staff'))).toEqual({ data: { secret: '1' } });
    expect(await ask('{ secret }', {}, as('eve'))).toMatchObject({
      data: { secret: null },
      errors: [{ errorType: 'Unauthorized', message: 'Not Authorized to access secret on type Query' }],
    });
  });

  test('failures are not kept, nor values beside an error', async () => {
    const keys: CachingConfig = { ttlSeconds: 30, keys: [] };
    const { ask } = startCached('PER_RESOLVER_CACHING', { 'Query.failing': keys, 'Query.warned': keys });
    expect((await ask('{ failing }')).errors).toMatchObject([{ message: 'run 1' }]);
    expect((await ask('{ failing }')).errors).toMatchObject([{ message: 'run 2' }]);
    expect(await ask('{ warned }')).toMatchObject({ data: { warned: '3' }, errors: [{ message: 'careful' }] });
    expect(await ask('{ warned }')).toMatchObject({ data: { warned: '4' }, errors: [{ message: 'careful' }] });
  });

  test('mutations run each time, and so do the fields of what they return', async () => {
    const { ask } = startCached('PER_RESOLVER_CACHING', {
      'Mutation.touch': byId,
      'Note.author': { ttlSeconds: 30, keys: ['$context.source.authorId'] },
    });
    const touch = 'mutation { touch(id: 1) { run author { run } } }';
    expect(await ask(touch)).toEqual({ data: { touch: { run: 1, author: { run: 2 } } } });
    expect(await ask(touch)).toEqual({ data: { touch: { run: 3, author: { run: 4 } } } });
  });

  test('a new version of the API begins with an empty cache', async () => {
    const { ask, redeploy } = startCached('PER_RESOLVER_CACHING', { 'Query.note': byId });
    await ask(NOTE);
    redeploy();
    expect(await ask(NOTE)).toEqual({ data: { note: { id: '1', run: 2 } } });
  });

  test('a trace tells what came from the cache', async () => {
    const { ask } = startCached('PER_RESOLVER_CACHING', { 'Query.note': byId });
    await ask(NOTE);
    const answer = await ask(NOTE, {}, { 'x-api-key': 'da2-testkey', 'x-hiroba-trace': '1' });
    expect(answer).toMatchObject({
      extensions: {
        trace: { cost: { functionCalls: 0 }, resolvers: [{ field: 'Query.note', cached: true, steps: [] }] },
      },
    });
  });
});

describe('eviction', () => {
  const byId: CachingConfig = { ttlSeconds: 30, keys: ['$context.arguments.id'] };

  test('a mutation takes an entry out, and the answer says how many there were', async () => {
    const { ask } = startCached('PER_RESOLVER_CACHING', { 'Query.note': byId });
    await ask('{ note(id: 1) { run } }');
    expect(await ask('mutation { evict(id: 1) }')).toEqual({
      data: { evict: 'done' },
      extensions: { apiCacheEntriesDeleted: 1 },
    });
    expect(await ask('{ note(id: 1) { run } }')).toEqual({ data: { note: { run: 2 } } });
    expect(await ask('mutation { evict(id: 2) }')).toMatchObject({ extensions: { apiCacheEntriesDeleted: 0 } });
    expect(await ask('mutation { a: evict(id: 1) b: evict(id: 1) }')).toMatchObject({
      extensions: { apiCacheEntriesDeleted: 1 },
    });
  });

  test('other keys than those of the resolver find nothing', async () => {
    const { ask } = startCached('PER_RESOLVER_CACHING', { 'Query.note': byId });
    await ask('{ note(id: 1) { run } }');
    expect(await ask('mutation { evictOther(id: 1) }')).toMatchObject({ extensions: { apiCacheEntriesDeleted: 0 } });
    expect(await ask('{ note(id: 1) { run } }')).toEqual({ data: { note: { run: 1 } } });
  });

  test('queries evict nothing', async () => {
    const { ask } = startCached('PER_RESOLVER_CACHING', { 'Query.note': byId });
    await ask('{ note(id: 1) { run } }');
    expect((await ask('{ evicts }')).errors).toMatchObject([
      { path: ['evicts'], errorType: 'BadRequest', message: 'evictFromApiCache is supported in mutations only.' },
    ]);
    expect(await ask('{ note(id: 1) { run } }')).toEqual({ data: { note: { run: 1 } } });
  });
});

describe('full request caching', () => {
  test('keeps every resolver, nested ones by their source, for the time of the API', async () => {
    const { ask, clock } = startCached('FULL_REQUEST_CACHING');
    const query = '{ note(id: 1, filter: { a: 1, b: 2 }) { run author { run } } }';
    const first = { data: { note: { run: 1, author: { run: 2 } } } };
    expect(await ask(query)).toEqual(first);
    expect(await ask('{ note(filter: { b: 2, a: 1 }, id: "1") { author { run } run } }')).toEqual({
      data: { note: { author: { run: 2 }, run: 1 } },
    });
    expect(await ask(query, {}, as('ann'))).toEqual({ data: { note: { run: 3, author: { run: 4 } } } });
    clock.advance(60_000);
    expect(await ask(query)).toEqual({ data: { note: { run: 5, author: { run: 6 } } } });
  });
});

describe('operation-level caching', () => {
  const QUERY = 'query Q($id: ID) { note(id: $id) { run author { run } } }';

  test('keeps whole answers by query, name, variables and caller', async () => {
    const { ask, clock } = startCached('OPERATION_LEVEL_CACHING');
    const first = await ask(QUERY, { id: 1 });
    expect(first).toEqual({ data: { note: { run: 1, author: { run: 2 } } } });
    expect(await ask(QUERY, { id: 1 })).toEqual(first);
    expect(await ask(QUERY, { id: 2 })).toEqual({ data: { note: { run: 3, author: { run: 4 } } } });
    expect(await ask(`${QUERY} `, { id: 1 })).toEqual({ data: { note: { run: 5, author: { run: 6 } } } });
    expect(await ask(QUERY, { id: 1 }, as('ann'))).toEqual({ data: { note: { run: 7, author: { run: 8 } } } });
    clock.advance(60_000);
    expect(await ask(QUERY, { id: 1 })).toEqual({ data: { note: { run: 9, author: { run: 10 } } } });
  });

  test('headers count, but for those that say how a request travels', async () => {
    const { ask } = startCached('OPERATION_LEVEL_CACHING');
    const key = { 'x-api-key': 'da2-testkey' };
    const runOf = async (headers: Record<string, string>) =>
      ((await ask('{ mine }', {}, { ...key, ...headers })) as { data: { mine: string } }).data.mine;
    expect(await runOf({ 'user-agent': 'a', 'x-amzn-trace-id': 'Root=1-679cbd60-0123456789abcdef01234567' })).toBe('1');
    expect(await runOf({ 'user-agent': 'b' })).toBe('1');
    expect(await runOf({ 'x-tenant': 'b' })).toBe('2');
  });

  test('answers with errors and mutations are not kept', async () => {
    const { ask } = startCached('OPERATION_LEVEL_CACHING');
    expect((await ask('{ failing }')).errors).toMatchObject([{ message: 'run 1' }]);
    expect((await ask('{ failing }')).errors).toMatchObject([{ message: 'run 2' }]);
    const touch = 'mutation { touch(id: 1) { run } }';
    expect([await ask(touch), await ask(touch)]).toEqual([
      { data: { touch: { run: 3 } } },
      { data: { touch: { run: 4 } } },
    ]);
  });
});

describe('what AppSync refuses to deploy', () => {
  const deploy = (ttlSeconds: number, keys: readonly string[], cacheTtl = 60) => {
    const spec = api({ schema: 'type Query { a: String }', resolvers: { 'Query.a': returns('"a"') } });
    const cache = {
      address: 'aws_appsync_api_cache.cache',
      behavior: 'PER_RESOLVER_CACHING' as const,
      ttlSeconds: cacheTtl,
    };
    const resolvers = spec.resolvers.map((one) => ({ ...one, caching: { ttlSeconds, keys } }));
    const running = start({ schema: 'type Query { a: String }' });
    return {
      withCache: () => running.replace({ ...spec, cache, resolvers }),
      without: () => running.replace({ ...spec, resolvers }),
    };
  };

  test.each([
    [0, 'aws_appsync_resolver.Query_a.caching_config.ttl: 0 is not between 1 and 3600 seconds'],
    [3_601, 'aws_appsync_resolver.Query_a.caching_config.ttl: 3601 is not between 1 and 3600 seconds'],
  ])('a time of %d seconds', (ttl, message) => {
    expect(deploy(ttl, []).withCache).toThrow(message);
  });

  test('more than 25 keys, and keys of nothing', () => {
    const many = Array.from({ length: 26 }, (_, index) => `$context.arguments.a${index}`);
    expect(deploy(1, many).withCache).toThrow('at most 25 caching keys are allowed, not 26');
    expect(deploy(1, ['$context.stash.id']).withCache).toThrow(
      '$context.stash.id is not of $context.arguments, $context.source or $context.identity',
    );
  });

  test('a cached resolver of an API without a cache, and a cache without a time', () => {
    expect(deploy(1, []).without).toThrow('the API has no cache (aws_appsync_api_cache)');
    expect(deploy(1, [], 0).withCache).toThrow('aws_appsync_api_cache.cache.ttl: 0 is not between 1 and 3600 seconds');
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { REQUEST_LIMIT_MS } from '../../src/services/appsync/execution/deadline.ts';
import { MODULE_EXPORTS } from '../../src/services/appsync/javascript/modules.ts';
import { MAX_CODE_CHARACTERS, MAX_LOOP_ITERATIONS } from '../../src/services/appsync/javascript/runtime.ts';
import {
  KEEP_ALIVE_MS,
  MAX_CONNECTION_MS,
  MAX_PAYLOAD_BYTES,
  MAX_SUBSCRIPTIONS_PER_CONNECTION,
} from '../../src/services/appsync/realtime/limits.ts';
import { TRACE_REQUEST_HEADER } from '../../src/services/appsync/trace/record.ts';
import { api, code, start } from './support.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
const [, after = ''] = readme.split('\n### AppSync\n');
const chapter = (after.split('\n### ')[0] ?? '').replace(/\s+/g, ' ');
const [, notEmulated = ''] = chapter.split('*Not emulated*');

describe("the README's chapter about AppSync", () => {
  test.each([
    `${MAX_LOOP_ITERATIONS.toLocaleString('en')} loop turns`,
    `${MAX_CODE_CHARACTERS.toLocaleString('en')} characters`,
    `${REQUEST_LIMIT_MS / 1000} s a request`,
    `${MAX_SUBSCRIPTIONS_PER_CONNECTION} per connection`,
    `${MAX_PAYLOAD_BYTES / 1024} KB a message`,
    `${MAX_CONNECTION_MS / 3_600_000} h.`,
    `the header \`${TRACE_REQUEST_HEADER}\``,
  ])('says what is so: %s', (statement) => {
    expect(chapter).toContain(statement);
  });

  test('says that `ka` comes each minute', () => {
    expect(chapter).toContain('`ka` each minute');
    expect(KEEP_ALIVE_MS).toBe(60_000);
  });

  test('names the modules of which every function refuses, and the one function that does not', async () => {
    expect(notEmulated).toContain(
      '`@aws-appsync/utils/rds` (but `toJsonObject`) and `/ai`: the call fails with `not emulated`',
    );
    const refused = [
      ...['select', 'insert', 'update', 'remove', 'createPgStatement', 'createMySQLStatement'].map((name) => [
        '@aws-appsync/utils/rds',
        name,
      ]),
      ...MODULE_EXPORTS['@aws-appsync/utils/ai'].map((name) => ['@aws-appsync/utils/ai', name]),
    ];
    for (const [module = '', name = ''] of refused) {
      const handlers = `import { ${name} as called } from '${module}';
        export function request(ctx) { return { payload: called({ table: 'a' }) }; }
        export function response(ctx) { return ctx.result; }`;
      const { query } = start({ schema: 'type Query { a: String }', resolvers: { 'Query.a': handlers } });
      const { errors } = await query('{ a }');
      expect([name, errors?.[0]?.message]).toEqual([name, expect.stringContaining('not emulated')]);
    }
    const parses = code(`return { payload: util.rds.toJsonObject('{"sqlStatementResults":[]}').length };`);
    const { query } = start({ schema: 'type Query { a: Int }', resolvers: { 'Query.a': parses } });
    expect(await query('{ a }')).toEqual({ data: { a: 0 } });
  });

  test('says of other data sources what happens: the field fails, the others work', async () => {
    expect(notEmulated).toContain('the field that uses one fails with `NotEmulated`, the others work');
    const { query } = start({
      schema: 'type Query { a: String b: String }',
      resolvers: {
        'Query.a': { dataSource: 'search', code: code('return {};') },
        'Query.b': code('return { payload: "b" };'),
      },
    });
    expect(await query('{ a b }')).toMatchObject({
      data: { a: null, b: 'b' },
      errors: [{ path: ['a'], errorType: 'NotEmulated' }],
    });
  });

  test('says that a version which is refused does not take the place of the one that runs', async () => {
    expect(chapter).toContain('refused code does not load');
    const schema = 'type Query { a: String }';
    const running = start({ schema, resolvers: { 'Query.a': code('return { payload: "a" };') } });
    const broken = api({ schema, resolvers: { 'Query.a': code('for (;;) {}') } });
    expect(() => running.replace(broken)).toThrow('For statements are not supported');
    expect(await running.query('{ a }')).toEqual({ data: { a: 'a' } });
  });
});

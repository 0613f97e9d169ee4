import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { CodeError, evaluate, manualClock, seededRandom } from '../../src/index.ts';
import { temporaryFolder } from '../application/start.ts';
import { NOW } from './support.ts';

describe('evaluate', () => {
  it('gives what a handler returned, logged, kept and appended', async () => {
    const code = `
      export function request(ctx) {
        console.log('asked', ctx.args.id);
        ctx.stash.id = ctx.args.id;
        util.appendError('half', 'Half', { a: 1 });
        return { at: util.time.nowISO8601(), nothing: undefined };
      }`;
    expect(
      await evaluate({ code, function: 'request', context: { args: { id: 7 } }, clock: manualClock(NOW) }),
    ).toEqual({
      result: { at: '2018-02-06T19:01:35.758Z' },
      outErrors: [{ message: 'half', errorType: 'Half', data: { a: 1 }, errorInfo: null }],
      stash: { id: 7 },
      logs: ['INFO - code.js:3:9: "asked" 7'],
      extensions: { invalidations: [], evictions: [], responseHeaders: {} },
    });
  });

  it('tells of the error that ended a handler', async () => {
    const code = "export const response = (ctx) => util.error(ctx.error.message, 'Broken', ctx.result);";
    const context = { result: { id: 1 }, error: { message: 'no', type: 'DynamoDB:ValidationException' } };
    expect(await evaluate({ code, function: 'response', context })).toMatchObject({
      result: null,
      error: { message: 'no', errorType: 'Broken', data: { id: 1 }, unauthorized: false },
      outErrors: [],
    });
  });

  it('tells of an early return', async () => {
    const code = "export const request = () => runtime.earlyReturn({ id: 1 }, { skipTo: 'NEXT' });";
    expect(await evaluate({ code, function: 'request' })).toMatchObject({
      result: { id: 1 },
      earlyReturn: { skipTo: 'NEXT' },
    });
  });

  it('draws the same from the same seed', async () => {
    const code = 'export const request = () => util.autoId();';
    const ids = [seededRandom('a'), seededRandom('a')].map(async (random) => {
      const { result } = await evaluate({ code, function: 'request', random });
      return result;
    });
    const [first, second] = await Promise.all(ids);
    expect(first).toMatch(/^[\da-f-]{36}$/);
    expect(second).toBe(first);
  });

  it('bundles a source, with its constants, and logs by its lines', async () => {
    const folder = await temporaryFolder('evaluate-');
    const file = join(folder, 'main.ts');
    writeFileSync(
      join(folder, 'table.ts'),
      'declare const TABLE: { users: string };\nexport const users = TABLE.users;\n',
    );
    writeFileSync(
      file,
      "import { users } from './table.ts';\n\nexport const request = (ctx: { args: { id: string } }) => {\n" +
        "  console.log('here');\n  return { users, id: ctx.args.id };\n};\n",
    );
    const { result, logs } = await evaluate({
      file,
      define: { 'TABLE.users': '"users-dev"' },
      function: 'request',
      context: { args: { id: 'a' } },
    });
    expect(result).toEqual({ users: 'users-dev', id: 'a' });
    expect(logs).toEqual([expect.stringMatching(/^INFO - .*main\.ts:4:5: "here"$/)]);
  });

  it("throws for what is not of AppSync's language", async () => {
    const refused = evaluate({ code: 'export const request = async () => 1;', function: 'request' });
    await expect(refused).rejects.toBeInstanceOf(CodeError);
    await expect(refused).rejects.toMatchObject({
      codeErrors: [
        {
          errorType: 'LINT_ERROR',
          value: 'code.js(1,24): error @aws-appsync/no-async: Async functions are not supported.\n',
          location: { line: 1, column: 24, span: 13 },
        },
      ],
    });
  });
});

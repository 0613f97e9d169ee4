import { describe, expect, it } from 'vitest';

import { evaluateCode } from '../../src/services/appsync/evaluateCode.ts';
import { readCases, runtime } from './support.ts';

interface RecordedCase {
  readonly id: string;
  readonly code: string;
  readonly function: 'request' | 'response';
  readonly context: object;
  readonly compareAs?: string;
  readonly expected?: unknown;
  readonly expectedSubset?: object;
  readonly expectedError?: string;
}

const APPSYNC_JS = { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' };
const HANDLER = 'export function request(ctx) { return ctx.args; }';

function evaluate(code: string, context: object = {}, handler = 'request'): ReturnType<typeof evaluateCode> {
  return evaluateCode(runtime, { code, context: JSON.stringify(context), function: handler, runtime: APPSYNC_JS });
}

describe('What AWS answered', () => {
  const cases = readCases<RecordedCase>('evaluateCode');

  it('is at hand for 49 calls', () => {
    expect(cases).toHaveLength(49);
  });

  it.each(cases.map((recorded) => [recorded.id, recorded] as const))('%s', (_id, recorded) => {
    const { evaluationResult, error } = evaluate(recorded.code, recorded.context, recorded.function);
    expect(error?.message).toBe(recorded.expectedError);
    if (recorded.expectedError !== undefined) return;
    const result: unknown = JSON.parse(evaluationResult ?? '');
    if (recorded.expectedSubset) expect(result).toMatchObject(recorded.expectedSubset);
    else if (recorded.compareAs) expect(JSON.parse(String(result))).toEqual(JSON.parse(String(recorded.expected)));
    else expect(result).toEqual(recorded.expected);
  });
});

describe('EvaluateCode', () => {
  it('gives result, stash and outErrors as JSON texts, and the logs', () => {
    const code = `import { util } from '@aws-appsync/utils';
export function request(ctx) {
  ctx.stash.seen = true;
  util.appendError('careful', 'Warning', { a: 1 }, 'info');
  console.log('current id', ctx.args.id);
  return { id: ctx.arguments.id };
}`;
    expect(evaluate(code, { arguments: { id: 'record-id' } })).toEqual({
      evaluationResult: '{"id":"record-id"}',
      stash: '{"seen":true}',
      outErrors: '[{"message":"careful","errorType":"Warning","data":{"a":1},"errorInfo":"info"}]',
      logs: ['INFO - code.js:5:3: "current id" "record-id"'],
    });
  });

  it('puts the position of the call before the message of a library error', () => {
    const code = `import { util } from '@aws-appsync/utils';
export function request() {
  const decoded = util.base64Decode('*');
  return decoded;
}`;
    expect(evaluate(code).error).toEqual({ message: 'code.js:3:19: Illegal base64 character 2a', codeErrors: [] });
  });

  it('reports code that AWS refuses as codeErrors of the answer', () => {
    expect(evaluate('export function request() {\n  for (;;) {}\n}')).toEqual({
      error: {
        message: 'The code contains one or more errors.',
        codeErrors: [
          {
            errorType: 'LINT_ERROR',
            value: 'code.js(2,3): error @aws-appsync/no-for: For statements are not supported.\n',
            location: { line: 2, column: 3, span: 11 },
          },
        ],
      },
      logs: [],
    });
  });

  it('evaluates request when no function is named', () => {
    expect(
      evaluateCode(runtime, { code: HANDLER, context: '{"args":{"a":1}}', runtime: APPSYNC_JS }).evaluationResult,
    ).toBe('{"a":1}');
  });

  it('says so when the code has no such function', () => {
    expect(evaluate(HANDLER, {}, 'response').error?.message).toBe('The code exports no function response.');
  });

  it.each([
    ['another runtime', { code: HANDLER, context: '{}', runtime: { name: 'VTL', runtimeVersion: '1.0.0' } }],
    ['no runtime', { code: HANDLER, context: '{}' }],
    ['no code', { code: '', context: '{}', runtime: APPSYNC_JS }],
    ['another function', { code: HANDLER, context: '{}', function: 'main', runtime: APPSYNC_JS }],
    ['a context that is no JSON', { code: HANDLER, context: '{a}', runtime: APPSYNC_JS }],
    ['a context that is no object', { code: HANDLER, context: '[]', runtime: APPSYNC_JS }],
    ['a context of one character', { code: HANDLER, context: '1', runtime: APPSYNC_JS }],
    [
      'a context of 28,001 characters',
      { code: HANDLER, context: `{"a":"${'x'.repeat(27_993)}"}`, runtime: APPSYNC_JS },
    ],
  ])('refuses %s', (_title, input) => {
    expect(() => evaluateCode(runtime, input)).toThrow(
      expect.objectContaining({ name: 'BadRequestException', statusCode: 400 }),
    );
  });
});

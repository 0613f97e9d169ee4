import { stripTypeScriptTypes } from 'node:module';

import { describe, expect, it } from 'vitest';

import { findingsIn, readCases } from './support.ts';

interface RuleCase {
  readonly rule: string;
  readonly valid: boolean;
  readonly code: string;
  readonly errors?: readonly {
    readonly message?: string;
    readonly messageId?: string;
    readonly data?: Record<string, string>;
  }[];
}

/** The linter's tests name messages by id. */
const MESSAGES: Readonly<Record<string, string>> = {
  noAwait: 'The `await` keyword is not supported',
  noContinue: 'Continue statements are not supported',
  expressionNotSupported: 'The operator {{operator}} is not supported',
  unaryExpressionNotSupported: 'The operator {{operator}} is not supported',
  methodNotImplemented: 'Method {{methodName}} is not implemented',
  noReAssignCtx: '{{name}} is readonly and re-assignment is not supported.',
  noReAssignCtxPropWithName: '{{ctxIdentifier}} is readonly. Adding/Updating {{propName}} is not supported.',
  noFunctionPassing: 'Functions can not be passed as an argument',
  noFunctionReAssign: 're-assigning function is not allowed',
  noFunctionReturn: 'returning a function is not allowed',
  noPromise: 'Promise is not supported',
  noRecursion: 'Recursive function calls not supported. Detected cycle in {{path}}',
  noYield: 'The `yield` keyword is not supported',
};

function messageOf({ message, messageId = '', data = {} }: NonNullable<RuleCase['errors']>[number]): string {
  const text = message ?? MESSAGES[messageId] ?? messageId;
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => data[name] ?? whole);
}

/** The samples are named by files, of which one differs from the name that the plugin registers. */
const REGISTERED: Readonly<Record<string, string>> = {
  'no-disallowed-binary-operator': 'no-disallowed-binary-operators',
};

/** What one rule says; other rules refuse some of the same samples. */
function saidBy(named: string, code: string): string[] {
  const rule = REGISTERED[named] ?? named;
  // One sample of the linter is TypeScript; AppSync gets JavaScript.
  return findingsIn(stripTypeScriptTypes(code))
    .filter(({ value }) => value.includes(`@aws-appsync/${rule}:`))
    .map(({ value }) => value.slice(value.indexOf(`${rule}: `) + rule.length + 2).trimEnd());
}

describe("AWS's language rules", () => {
  const cases = readCases<RuleCase>('languageSubset');

  it('are at hand in 108 samples', () => {
    expect(cases).toHaveLength(108);
  });

  it.each(cases.filter(({ valid }) => valid).map((sample) => [sample.rule, sample.code] as const))(
    '%s accepts %j',
    (rule, code) => {
      expect(saidBy(rule, code)).toEqual([]);
    },
  );

  it.each(cases.filter(({ valid }) => !valid).map((sample) => [sample.rule, sample.code, sample] as const))(
    '%s refuses %j',
    (rule, code, { errors = [] }) => {
      const expected = errors.map(messageOf);
      const said = saidBy(rule, code);
      expect(said).toHaveLength(expected.length);
      expected.forEach((message, index) => {
        // The linter's sample of direct recursion leaves the path open.
        expect(said[index]).toContain(message.replace(/\{\{path\}\}$/, ''));
      });
    },
  );
});

describe('Code that does not deploy', () => {
  it('is reported with every finding, in source order', () => {
    const code = `export function request(ctx) {
  ctx.stash = {};
  let count = 0;
  count++;
  return async () => 1;
}`;
    expect(findingsIn(code).map(({ value }) => value)).toEqual([
      'code.js(2,3): error @aws-appsync/no-disallowed-re-assignment: ctx is readonly. Adding/Updating stash is not supported.\n',
      'code.js(4,3): error @aws-appsync/no-disallowed-unary-operators: The operator ++ is not supported\n',
      'code.js(5,3): error @aws-appsync/no-function-return: returning a function is not allowed\n',
      'code.js(5,10): error @aws-appsync/no-async: Async functions are not supported.\n',
    ]);
  });

  it('is reported with the place of a syntax error', () => {
    expect(findingsIn('export function request() {\n  return [1, 2;\n}')).toEqual([
      {
        errorType: 'PARSER_ERROR',
        value: 'code.js(2,15): error SyntaxError: Unexpected token.\n',
        location: { line: 2, column: 15, span: 1 },
      },
    ]);
  });

  it('may have 32,768 characters and not one more', () => {
    const handler = 'export function request() { return 1; }';
    const padding = `${handler}//${'x'.repeat(32_768 - handler.length - 2)}`;
    expect(findingsIn(padding)).toEqual([]);
    expect(findingsIn(`${padding}x`)[0]?.value).toContain('at most 32768 are allowed');
  });

  it.each([
    ["import fs from 'node:fs';", "Cannot find module 'node:fs'"],
    ["import { validate } from '@aws-appsync/utils';", `has no exported member 'validate'`],
    ["import utils from '@aws-appsync/utils';", `has no exported member 'default'`],
    ["export * from '@aws-appsync/utils';", 'Exports from another module are not supported.'],
    ["export { util } from '@aws-appsync/utils';", 'Exports from another module are not supported.'],
    ['export default function request() {}', 'Default exports are not supported.'],
    ["const a = import('@aws-appsync/utils');", 'Dynamic imports are not supported.'],
    ['const a = import.meta.url;', 'Meta properties are not supported.'],
    ['const a = new (class {})();', 'Class declarations are not supported.'],
    ["eval('1');", 'eval is not supported.'],
    ["new Function('return 1')();", 'Function constructors are not supported.'],
    ["const a = Function('return 1');", 'Function constructors are not supported.'],
    ['const a = (() => 1).call(null);', 'Method call is not implemented'],
    ["throw 'x';", 'Throw statements are not supported.'],
    ['using a = null;', 'Using declarations are not supported.'],
    ['debugger;', 'Debugger statements are not supported.'],
    ['const a = { *b() {} };', 'Generator functions are not supported.'],
    ['[3, 1].sort((a, b) => a - b);', 'Functions can not be passed as an argument'],
    ['function request(ctx) { [ctx.stash] = [1]; }', 'ctx is readonly. Adding/Updating stash is not supported.'],
    ['const response = (ctx) => { ctx.result = 1; };', 'ctx is readonly. Adding/Updating result is not supported.'],
    ['function walk(node) { return node.children.map((child) => walk(child)); }', 'Detected cycle in walk <-walk'],
  ])('has %s', (code, message) => {
    expect(
      findingsIn(code)
        .map(({ value }) => value)
        .join(''),
    ).toContain(message);
  });

  it('is not nested beyond what the parser can read', () => {
    const [finding] = findingsIn(`const a = ${'['.repeat(16_000)}${']'.repeat(16_000)};`);
    expect(finding).toMatchObject({ errorType: 'PARSER_ERROR', location: { line: 1 } });
  });
});

describe('Code that deploys', () => {
  it.each([
    'export function request(ctx) { ctx.stash.a = 1; delete ctx.stash.b; ctx.args.filter = {}; return null; }',
    'const helper = (a) => a; export const request = (ctx) => helper(ctx.args);',
    'function request(ctx) { return {}; } function response(ctx) { return ctx.result; } export { request, response };',
    "import { select } from '@aws-appsync/utils/rds'; import { converse } from '@aws-appsync/utils/ai';",
    'export function request(ctx) { const { a, ...rest } = ctx.args; return [...rest.list, a ?? `x${a}`]; }',
    'export function request(ctx) { switch (ctx.args.a) { case 1: return typeof 1; default: return void 0; } }',
  ])('%s', (code) => {
    expect(findingsIn(code)).toEqual([]);
  });
});

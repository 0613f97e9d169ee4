import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';

import { manualClock } from '../../src/clock.ts';
import { findRefusals } from '../../src/gate.ts';
import { seededRandom } from '../../src/random.ts';
import { evaluateCode } from '../../src/services/appsync/evaluateCode.ts';
import { createJavaScriptRuntime } from '../../src/services/appsync/javascript/index.ts';
import { createTypeCheck } from '../../src/services/appsync/javascript/types/index.ts';
import { NOW, readCases } from './support.ts';

const typeCheck = createTypeCheck();
const inHandler = (body: string): string => `export function request(ctx) { ${body} }`;
const said = (code: string): string[] => typeCheck.findings(code).map(({ value }) => value.trimEnd());

const folder = mkdtempSync(join(tmpdir(), 'hiroba-types-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('types that do not fit are refused, as by AppSync:', () => {
  it.each([
    [
      'another object than the one that a variable began with',
      inHandler('let SK = { ge: ctx.args.a }; SK = { eq: ctx.args.b }; return SK;'),
      "code.js(1,61): error TS2741: Property 'ge' is missing in type '{ eq: any; }' but required in type '{ ge: any; }'.",
    ],
    [
      'an element of another type',
      inHandler('let b = [{ a: 5 }]; b.push({ b: 6 }); return b;'),
      "code.js(1,59): error TS2345: Argument of type '{ b: number; }' is not assignable to parameter of type '{ a: number; }'.\n" +
        "  Property 'a' is missing in type '{ b: number; }' but required in type '{ a: number; }'.",
    ],
    ['a date', inHandler('return new Date();'), "code.js(1,43): error TS2304: Cannot find name 'Date'."],
    ['a timer', inHandler('setTimeout(1);'), "code.js(1,32): error TS2304: Cannot find name 'setTimeout'."],
    ['a map', inHandler('return new Map();'), "code.js(1,43): error TS2583: Cannot find name 'Map'."],
    ['what Node has', inHandler('return process.env;'), "code.js(1,39): error TS2591: Cannot find name 'process'."],
    ['a module of CommonJS', inHandler("return require('node:fs');"), "error TS2307: Cannot find module 'node:fs'"],
    [
      'a number that Math lacks',
      inHandler('return Math.PI;'),
      "error TS2339: Property 'PI' does not exist on type 'Math'.",
    ],
    ['a request', inHandler("fetch('a');"), "code.js(1,32): error TS2304: Cannot find name 'fetch'."],
    [
      'a helper of mapping templates',
      inHandler('return util.toJson(ctx);'),
      "Property 'toJson' does not exist on type 'Util'.",
    ],
    [
      'a helper that the module does not have',
      "import * as ddb from '@aws-appsync/utils/dynamodb'; export const request = () => ddb.upsert({});",
      `code.js(1,86): error TS2339: Property 'upsert' does not exist on type 'typeof import("@aws-appsync/utils/dynamodb")'.`,
    ],
    [
      'too few arguments',
      inHandler('util.error();'),
      'code.js(1,37): error TS2554: Expected 1-4 arguments, but got 0.',
    ],
    [
      'another type for a variable',
      inHandler("let n = 1; n = 'a'; return n;"),
      "Type 'string' is not assignable to type 'number'.",
    ],
    ['a value for a constant', inHandler('const a = 1; a = 2;'), "Cannot assign to 'a' because it is a constant."],
    [
      'a method that the linter denies, by the type of what it is called on',
      inHandler("const a = 'a'.trim(); return a.padStart(3);"),
      'code.js(1,63): error @aws-appsync/no-disallowed-methods: Method String.padStart is not implemented',
    ],
    [
      'a method that AppSync does not have',
      inHandler('return [1].at(0);'),
      "Property 'at' does not exist on type 'number[]'.",
    ],
    [
      'a type',
      'export function request(ctx: string) {}',
      'code.js(1,30): error TS8010: Type annotations can only be used',
    ],
  ])('%s', (_, code, message) => {
    const [first = '', ...others] = said(code);
    expect(first).toContain(message);
    expect(others).toEqual([]);
  });
});

describe('nothing is said of', () => {
  it.each([
    ['what is not known', inHandler('const { a, b = 1 } = ctx.args; return a.b.c(b).map((d) => d.e);')],
    ['a member that comes later', inHandler("const a = {}; a.b = 1; a['c'] = 2; return a;")],
    ['a list of anything', inHandler("const a = []; a.push(1); a.push('b'); return [...a, ...ctx.args.l];")],
    ['a variable without a type', inHandler("let a; a = 1; a = 'b'; let c = null; c = { d: 1 }; return [a, c];")],
    ['one of two objects', inHandler('const a = ctx.args.b ? { c: 1 } : { d: 2 }; return a.c ?? a.d;')],
    ['a loop over pairs', inHandler('for (const [k, v] of Object.entries(ctx.args)) { ctx.stash[k] = v.trim(); }')],
    [
      'a loop over characters',
      inHandler("const a = []; for (const c of 'abc') { a.push(c); } return a.includes('b');"),
    ],
    ['parts of a text', inHandler('return util.time.nowISO8601().substring(0, 10);')],
    ['numbers as text', inHandler('return (1.5).toFixed(1) + (2).toString();')],
    ['the globals without an import', inHandler("runtime.earlyReturn({ id: util.autoId() }, { skipTo: 'END' });")],
    [
      'a type that a comment gives',
      inHandler('\n/** @type {Record<string, number>[]} */\nlet a = [{ b: 1 }]; a.push({ c: 2 });'),
    ],
    [
      'fewer arguments than a function of the module has',
      'const f = (a, b) => a ?? b; export const request = () => f(1);',
    ],
    [
      'every module',
      "import { util, extensions } from '@aws-appsync/utils'; import { select, sql } from '@aws-appsync/utils/rds';" +
        "import { converse } from '@aws-appsync/utils/ai'; import * as ddb from '@aws-appsync/utils/dynamodb';" +
        'export const request = (ctx) => ddb.query({ query: { id: { eq: ctx.args.id } }, limit: 3, index: util.autoId() });',
    ],
    [
      "what is given to AppSync's own functions, which is checked when they run",
      "import { put } from '@aws-appsync/utils/dynamodb'; export const request = (ctx) => " +
        "put({ key: { id: 'a' }, item: { value: 10 }, condition: { expression: 'a' }, other: [util.urlEncode(1)] });",
    ],
    [
      'a result that a comment describes otherwise',
      "/** @returns {string} */\nexport function response(ctx) { return util.appendError('a'); }",
    ],
    [
      'conditions as text',
      inHandler(
        'return { operation: "PutItem", condition: util.transform.toDynamoDBConditionExpression({ a: { eq: 1 } }) };',
      ),
    ],
  ])('%s', (_, code) => {
    expect(said(code)).toEqual([]);
  });
});

describe('what EvaluateCode of AWS ran', () => {
  const samples = readCases<{ readonly id: string; readonly code: string }>('evaluateCode');

  it.each(samples.map(({ id, code }) => [id, code] as const))('passes: %s', (_, code) => {
    expect(said(code)).toEqual([]);
  });
});

describe('a syntax error', () => {
  it('has the text and the place of the compiler', () => {
    const runtime = createJavaScriptRuntime({ clock: manualClock(NOW), random: seededRandom('types'), typeCheck });
    const code = 'foo(a,,b);\nexport function request() {}';
    const answer = evaluateCode(runtime, {
      code,
      context: '{}',
      function: 'request',
      runtime: { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' },
    });
    expect(answer).toEqual({
      error: {
        message: 'The code contains one or more errors.',
        codeErrors: [
          {
            errorType: 'PARSER_ERROR',
            value: 'code.js(1,7): error TS1135: Argument expression expected.\n',
            location: { line: 1, column: 7, span: 1 },
          },
        ],
      },
      logs: [],
    });
  });
});

describe('findings of language and types', () => {
  const refusals = (code: string) => findRefusals(new Map([['a', code]])).map(({ message }) => message);

  it('come together, in the order of the source', () => {
    expect(refusals(inHandler('while (ctx.a) {} new Date(); class A {}'))).toEqual([
      '@aws-appsync/no-while: While statements are not supported.',
      "TS2304: Cannot find name 'Date'.",
      '@aws-appsync/no-classes: Class declarations are not supported.',
    ]);
  });

  it.each([
    [inHandler('return new Promise(1);'), '@aws-appsync/no-promise: Promise is not supported'],
    [
      inHandler('Object.freeze({});'),
      '@aws-appsync/no-disallowed-methods: Method ObjectConstructor.freeze is not implemented',
    ],
    [inHandler("return 'a'.repeat(2);"), '@aws-appsync/no-disallowed-methods: Method String.repeat is not implemented'],
    [inHandler("eval('1');"), '@aws-appsync/no-dynamic-code: eval is not supported.'],
    [
      "import { validate } from '@aws-appsync/utils'; validate();",
      `@aws-appsync/modules: Module '"@aws-appsync/utils"' has no exported member 'validate'.`,
    ],
    [
      "import a from '@aws-appsync/utils'; a();",
      `@aws-appsync/modules: Module '"@aws-appsync/utils"' has no exported member 'default'.`,
    ],
  ])('are said once of %s', (code, message) => {
    expect(refusals(code)).toEqual([message]);
  });

  it('are of one module, whatever is checked beside it', () => {
    const codes = new Map([
      ['a', 'const shared = { a: 1 }; export const request = () => shared;'],
      ['b', "const shared = 'a'; export const request = () => shared.trim();"],
      ['c', 'export const request = () => shared;'],
      ['d', `const a = ${'['.repeat(16_000)}${']'.repeat(16_000)};`],
    ]);
    expect(findRefusals(codes).map(({ name, message }) => [name, message])).toEqual([
      ['c', "TS2304: Cannot find name 'shared'."],
      ['d', expect.stringMatching(/^SyntaxError: /)],
    ]);
  });
});

describe('a bundle', () => {
  const bundle = (files: Record<string, string>): string => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const { outputFiles } = buildSync({
      absWorkingDir: folder,
      entryPoints: ['main.ts'],
      outdir: folder,
      bundle: true,
      write: false,
      format: 'esm',
      target: 'esnext',
      external: ['@aws-appsync/utils'],
      sourcemap: 'inline',
      sourcesContent: false,
    });
    return outputFiles[0]?.text ?? '';
  };

  it('is refused for what a source has, at its place there', () => {
    const code = bundle({
      'main.ts': "import { today } from './dates.ts';\n\nexport const request = () => ({ payload: today() });\n",
      'dates.ts':
        'declare const Date: any;\n\nexport function today(): string {\n  return new Date().toISOString();\n}\n',
    });
    expect(findRefusals(new Map([['Query.today', code]]))).toEqual([
      {
        name: 'Query.today',
        at: { file: 'dates.ts', line: 4, column: 14 },
        message: "TS2304: Cannot find name 'Date'.",
      },
    ]);
  });

  it("is refused for esbuild's own helpers", () => {
    const code = bundle({
      'main.ts':
        "import * as texts from './texts.ts';\nexport const request = (ctx: any) => texts[ctx.args.name as 'a'];\n",
      'texts.ts': "export const a = 'b';\n",
    });
    expect(code).toContain('Object.defineProperty');
    expect(findRefusals(new Map([['Query.text', code]])).map(({ message }) => message)).toEqual([
      '@aws-appsync/no-disallowed-methods: Method ObjectConstructor.defineProperty is not implemented',
    ]);
  });

  it('is accepted for a namespace of which members alone are read', () => {
    const code = bundle({
      'main.ts': "import * as texts from './texts.ts';\nexport const request = () => texts.a;\n",
      'texts.ts': "export const a = 'b';\n",
    });
    expect(findRefusals(new Map([['Query.text', code]]))).toEqual([]);
  });
});

describe('what had nothing to refuse', () => {
  it('is remembered on disk, and nothing else', () => {
    const passedFile = join(folder, 'passed', 'passed.txt');
    const fine = inHandler('return 1;');
    const check = createTypeCheck({ passedFile });
    check.prepare([fine, inHandler('return new Date();')]);
    expect(readFileSync(passedFile, 'utf8')).toMatch(/^[\w-]{32}$/);

    const again = createTypeCheck({ passedFile });
    expect(again.findings(fine)).toEqual([]);
    expect(again.findings(inHandler('return new Date();'))).toHaveLength(1);
    expect(again.findings(inHandler('return 2;'))).toEqual([]);
    expect(readFileSync(passedFile, 'utf8').split('\n')).toHaveLength(2);
  });
});

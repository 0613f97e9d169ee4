/** Code, and the rules of AWS's linter that it breaks; none: it deploys. */
export type Snippet = readonly [code: string, ...rules: string[]];

const inHandler = (body: string): string => `export function request(ctx) { ${body} }`;

/** What AWS's linter and the gate say the same of. */
export const AGREED: readonly Snippet[] = [
  // Functions of all kinds
  ['async function a() { return 1; }', 'no-async'],
  ['const a = async () => 1;', 'no-async'],
  ['const a = { async b() { return 1; } };', 'no-async'],
  ['const a = async () => { await a2; }; const a2 = 1;', 'no-async', 'no-await'],
  ['function* a() { return 1; }', 'no-generators'],
  ['function* a() { yield 1; }', 'no-generators', 'no-yield'],
  ['class A {}', 'no-classes'],
  ['class A { constructor() { this.a = 1; } }', 'no-classes', 'no-this'],
  ['function a() { return this; }', 'no-this'],
  ['const a = () => this.b;', 'no-this'],
  ['export const request = (ctx) => ctx.args;'],
  ['export const request = function (ctx) { return ctx.args; };'],
  ['function a(b = 1, { c, ...d } = {}, ...e) { return [b, c, d, e]; }'],
  ['export function request({ args }) { return args; }'],

  // Statements
  [inHandler('for (let i = 0; i < 3; i = i + 1) { ctx.stash.a = i; }'), 'no-for'],
  [inHandler('for (let i = 0; i < 3; i++) {}'), 'no-disallowed-unary-operators', 'no-for'],
  [inHandler('for (;;) {}'), 'no-for'],
  [inHandler('while (ctx.args.a) {}'), 'no-while'],
  [inHandler('do {} while (ctx.args.a);'), 'no-while'],
  [inHandler('for (const a of ctx.args.l) { continue; }'), 'no-continue'],
  [inHandler('for (const a of ctx.args.l) { break; }')],
  [inHandler('for (const key in ctx.args) { ctx.stash[key] = 1; }')],
  [inHandler('a: for (const b of ctx.args.l) { break a; }'), 'no-labels'],
  [inHandler('try { return 1; } catch { return 2; }'), 'no-try'],
  [inHandler('try { return 1; } finally { ctx.stash.a = 1; }'), 'no-try'],
  [inHandler('switch (ctx.args.a) { case 1: return 1; default: return 2; }')],
  [inHandler('if (ctx.args.a) { return 1; } else { return 2; }')],
  [inHandler('var a = 1; let b; b = a; return b;')],

  // Operators
  [inHandler('let a = 1; a++; return a;'), 'no-disallowed-unary-operators'],
  [inHandler('let a = 1; --a; return a;'), 'no-disallowed-unary-operators'],
  [inHandler('return ~ctx.args.a;'), 'no-disallowed-unary-operators'],
  [inHandler('ctx.stash.count--;'), 'no-disallowed-unary-operators'],
  [inHandler('let a = 1; a += 1; a -= 1; a **= 2; a ||= 3; a ??= 4; return a;')],
  [inHandler('return [-ctx.args.a, +ctx.args.a, !ctx.args.a, typeof ctx.args.a, void 0];')],
  [inHandler('return ctx.args.a & 1 | 2 ^ 3 << 4 >> 5 >>> 6;')],
  [inHandler("return 'a' in ctx.args;"), 'no-in-operator'],
  [inHandler('return ctx.args instanceof Object;'), 'no-disallowed-binary-operators'],
  [inHandler('return ctx.args?.a?.[0]?.b ?? 1;')],
  [inHandler('return (ctx.stash.a = 1, 2);')],
  [inHandler('delete ctx.stash.a;')],
  [inHandler('return /a/.source;'), 'no-regex'],
  [inHandler("return ctx.args.a.replace(/b/g, '');"), 'no-regex'],
  [inHandler('return new Promise(1);'), 'no-promise'],
  [inHandler('return `a${`b${ctx.args.c}`}`;')],

  // The context
  [inHandler('ctx = 1;'), 'no-disallowed-re-assignment'],
  [inHandler('ctx.stash = {};'), 'no-disallowed-re-assignment'],
  [inHandler("ctx['args'] = {};"), 'no-disallowed-re-assignment'],
  [inHandler('ctx.other ??= 1;'), 'no-disallowed-re-assignment'],
  [inHandler('delete ctx.result;'), 'no-disallowed-re-assignment'],
  [inHandler('ctx[ctx.args.a] = 1;'), 'no-disallowed-re-assignment'],
  [inHandler('for (ctx.a of [1]) {}'), 'no-disallowed-re-assignment'],
  ['export function response(context) { context.result = 1; }', 'no-disallowed-re-assignment'],
  ['export function other(ctx) { ctx.stash = 1; }'],
  [inHandler('ctx.stash.a = 1; ctx.args.b = {}; ctx.result.__typename = "A"; delete ctx.stash.c;')],
  [inHandler('Object.assign(ctx.stash, { a: 1 });')],
  [inHandler('const { stash } = ctx; stash.a = 1;')],
  [inHandler('const mine = ctx; mine.stash = {};')],
  [inHandler('const inner = (ctx) => { ctx.stash = 1; return ctx; }; return inner({});')],

  // Functions as values
  [inHandler('return [1].map((a) => a + 1);')],
  [inHandler('return ctx.args.l.filter((a) => a);')],
  [inHandler('return [3].reduceRight((sum, a) => sum + a, 0);')],
  [inHandler('return [1].flatMap((a) => [a]).findLast((a) => a);')],
  ['const one = (a) => a; export function request() { return [1].map(one); }'],
  ['function run(f) { return f; } export function request() { return run(() => 1); }', 'no-function-passing'],
  ['function run(f) { return f; } const one = () => 1; run(one);', 'no-function-passing'],
  [inHandler('return [2, 1].sort((a, b) => a - b);'), 'no-function-passing'],
  [inHandler("return 'a'.replace('a', () => 'b');"), 'no-function-passing'],
  ['function a() { return () => 1; }', 'no-function-return'],
  ['const one = () => 1; function a() { return one; }', 'no-function-return'],
  ['const one = () => 1; const two = one;', 'no-function-reassign'],
  ['function one() { return 1; } let two; two = one;', 'no-function-reassign'],
  ['const one = () => 1; const table = { one };'],
  ['const table = { one: () => 1 }; table.one();'],
  ['const one = () => 1; const list = [one];'],
  ['const one = () => 1; const two = () => 2; const f = 1 > 0 ? one : two;'],
  ['const one = () => 1; const both = one ?? one;'],
  ['const one = () => 1; export const request = () => ({ one });'],

  // Recursion
  ['function a() { return a(); }', 'no-recursion'],
  ['const a = () => a();', 'no-recursion'],
  ['function a() { b(); } function b() { a(); }', 'no-recursion'],
  ['function a() { b(); } function b() { c(); } const c = () => a();', 'no-recursion'],
  ['function a(n) { return b(n) + b(n); } function b(n) { return n; }'],
  ['function a() { const a = () => 1; return a(); }'],

  // Methods
  ['Object.freeze({});', 'no-disallowed-methods'],
  ['Object.defineProperty({}, "a", {});', 'no-disallowed-methods'],
  ['Object.getOwnPropertyNames({});', 'no-disallowed-methods'],
  ['Object.create(null);', 'no-disallowed-methods'],
  ['Object.keys({ a: 1 }).map((key) => key);'],
  ['Object.hasOwn({ a: 1 }, "a");'],
  ['[1].keys();', 'no-disallowed-methods'],
  ['[1].toString();', 'no-disallowed-methods'],
  ['[1].map((a) => a).entries();', 'no-disallowed-methods'],
  ['"a".padStart(3);', 'no-disallowed-methods'],
  ['"a".concat("b").repeat(2);', 'no-disallowed-methods'],
  ['const a = "a"; const b = a.trim().split(",")[0]; b.search("c");', 'no-disallowed-methods'],
  ['function a() { return ["a"].join(); } a().charCodeAt(0);', 'no-disallowed-methods'],
  ['"a".toUpperCase().trim().split(",").join("-");'],
  [inHandler('return ctx.args.a.padStart(3);')],
  [inHandler('return JSON.parse(JSON.stringify(ctx.args));')],
  [inHandler('return Math.max(...ctx.args.l, Math.random());')],
  ["import { util } from '@aws-appsync/utils'; export const request = () => util.autoId();"],
  ["import * as ddb from '@aws-appsync/utils/dynamodb'; export const request = (ctx) => ddb.get({ key: ctx.args });"],
];

/** What the two say differently, and why. */
export const DIFFERENCES: readonly {
  readonly code: string;
  readonly linter: readonly string[];
  readonly gate: readonly string[];
  readonly because: string;
}[] = [
  {
    because: 'the linter looks for generators among declarations alone',
    code: 'const a = function* () { yield* [1]; };',
    linter: ['no-yield'],
    gate: ['no-generators', 'no-yield'],
  },
  {
    because: 'the linter does not look into arrow functions for writes to the context',
    code: 'export const request = (ctx) => { ctx.stash = {}; };',
    linter: [],
    gate: ['no-disallowed-re-assignment'],
  },
  {
    because: 'the linter does not follow a pattern that writes to the context',
    code: inHandler('[ctx.stash] = [1];'),
    linter: [],
    gate: ['no-disallowed-re-assignment'],
  },
  {
    because: 'the linter knows throw by the try around it; AppSync has util.error in its place',
    code: inHandler("throw 'a';"),
    linter: [],
    gate: ['no-try'],
  },
  {
    because: 'super is there only with this',
    code: inHandler('return { a() { return super.b; } };'),
    linter: [],
    gate: ['no-this'],
  },
  {
    because: 'the linter does not look for a call inside a callback',
    code: 'function walk(node) { return node.children.map((child) => walk(child)); }',
    linter: [],
    gate: ['no-recursion'],
  },
  {
    because: 'the linter takes the types of parameters to be unknown, and so what is done with them to be allowed',
    code: inHandler('return ctx.args.l.sort((a, b) => a - b);'),
    linter: [],
    gate: ['no-function-passing'],
  },
  {
    because: 'eval, apply, bind and call are named by the guide, not by the linter',
    code: inHandler("eval('1'); return util.autoId.call(null);"),
    linter: [],
    gate: ['no-dynamic-code'],
  },
  {
    because: 'the linter knows no modules; AppSync resolves its own alone',
    code: "import { readFileSync } from 'node:fs'; export const request = () => readFileSync('a');",
    linter: [],
    gate: ['modules'],
  },
  {
    because: 'import.meta leads outside of the sandbox',
    code: inHandler('return import.meta.url;'),
    linter: [],
    gate: ['no-dynamic-code'],
  },
];

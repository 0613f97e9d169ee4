import { describe, expect, it } from 'vitest';

import { failureOf, resultOf, runBody, runModule, runtime, contextOf, valueOf } from './support.ts';

describe('Resolver code', () => {
  it.each([
    'globalThis',
    'global',
    'process',
    'require',
    'module',
    'Function',
    'Date',
    'RegExp',
    'Map',
    'Set',
    'WeakMap',
    'Symbol',
    'Proxy',
    'Reflect',
    'Promise',
    'String',
    'Boolean',
    'BigInt',
    'Iterator',
    'WebAssembly',
    'SharedArrayBuffer',
    'Uint8Array',
    'parseInt',
    'parseFloat',
    'isNaN',
    'setTimeout',
    'structuredClone',
    'Intl',
    'encodeURIComponent',
    'queueMicrotask',
    'fetch',
  ])('does not see %s', (name) => {
    expect(valueOf(`typeof ${name}`)).toBe('undefined');
    expect(failureOf(`${name}.x`)).toBe(`${name} is not defined`);
  });

  it.each([
    'util',
    'util.error',
    'util.time.nowISO8601',
    'ddb.get',
    'ddb.operations',
    'runtime.earlyReturn',
    'extensions',
    'Object.keys',
    'JSON.parse',
    'Math.max',
    'Math.random',
    'Error',
    '[].map',
    '[].push',
    "'x'.replace",
    "'x'",
    '(1)',
    'true',
    'ctx',
    'ctx.identity',
    'ctx.env',
    '(() => 1)',
  ])('finds no constructor on %s', (expression) => {
    expect(valueOf(`${expression}.constructor`, { identity: { sub: 'u' } })).toBeNull();
    expect(valueOf(`${expression}.__proto__`, { identity: { sub: 'u' } })).toBeNull();
  });

  it('reaches no Function through the constructor of arrays', () => {
    expect(valueOf('[].constructor.constructor')).toBeNull();
    expect(failureOf("[].constructor.constructor('return 1')()")).toContain('is not a function');
    expect(failureOf("(() => 1)['const' + 'ructor']('return process')()")).toContain('is not a function');
  });

  it.each([
    'Object.keys = 1',
    'Object.assign(Object, { keys: 1 })',
    'Math.max = 1',
    'JSON.parse = 1',
    '[].map.x = 1',
    '[].constructor.isArray = 1',
    'util.x = 1',
    'util.time.nowISO8601 = 1',
    'ddb.get = 1',
    'ddb.operations.add = 1',
    'ctx.env.a = 1',
  ])('cannot change what all resolvers share: %s', (statement) => {
    expect(failureOf(statement)).toMatch(/Cannot (assign to read only|add) property/);
  });

  it('may name its own members like built-in ones', () => {
    expect(
      resultOf("const o = {}; o.constructor = 1; o.toString = 2; o.valueOf = 3; o['__proto__'] = 4; return o;"),
    ).toEqual(JSON.parse('{"constructor":1,"toString":2,"valueOf":3,"__proto__":4}'));
  });

  it('gets client keys as plain members and changes no prototype with them', () => {
    const args = JSON.parse('{"input":{"__proto__":{"admin":true}}}') as Record<string, unknown>;
    expect(valueOf('[{}.admin, ctx.args.input.admin, Object.keys(ctx.args.input)]', { args })).toEqual([
      null,
      null,
      ['__proto__'],
    ]);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  it('cannot replace members of ctx through another name', () => {
    expect(failureOf('Object.assign(ctx, { stash: 1 })')).toContain('Cannot set property stash');
  });

  it('cannot reach the counters of the runtime by any name that it writes', () => {
    expect(failureOf('$$step')).toBe('$$step is not defined');
    expect(valueOf('typeof $$log + typeof $$$log')).toBe('undefinedundefined');
  });

  it('cannot reach them by an escaped name either', () => {
    const body = String.raw`const list = [1]; \u0024$step = () => 1;
for (const x of list) { \u0024$loop0 = 0; list.push(x); }`;
    expect(failureOf(`(() => {${body}})()`)).toBe('$$step is not defined');
  });

  it('cannot stop the answer by values that call back when they are read', () => {
    const { result, error } = runBody("ctx.stash.a = { toJSON: () => util.error('late') }; return 1;");
    expect(result).toBeNull();
    expect(error?.message).toBe('The handler was stopped while its values were read.');
  });

  it('starts every run with fresh module-level values', () => {
    const module = runtime.load(
      'const seen = []; export function request() { seen.push(1); return seen.length; }',
      'fresh',
    );
    expect(module.evaluate('request', contextOf({})).result).toBe(1);
    expect(module.evaluate('request', contextOf({})).result).toBe(1);
  });

  it('changes neither the objects of the caller nor those of the next run', () => {
    const context = contextOf({ args: { a: { b: 1 } }, identity: { sub: 'u' }, stash: { list: [1] } });
    const body = 'ctx.args.a.b = 2; ctx.identity.sub = 3; ctx.stash.list.push(2); return [ctx.args, ctx.identity];';
    expect(runBody(body, context).result).toEqual([{ a: { b: 2 } }, { sub: 3 }]);
    expect(context).toMatchObject({ args: { a: { b: 1 } }, identity: { sub: 'u' }, stash: { list: [1] } });
    expect(valueOf('ctx.identity', context)).toEqual({ sub: 'u' });
  });

  it('gives client input that looks like an operation no power', () => {
    const args = { input: { type: 'OPERATION_REMOVE' } };
    expect(
      valueOf('ddb.update({ key: { id: 1 }, update: { name: ctx.args.input } }).update.expression', { args }),
    ).toBe('SET #expName_1.#expName_2 = :expValue_1');
    expect(valueOf('util.dynamodb.toDynamoDB(ctx.args.input)', { args: { input: { SS: ['a'] } } })).toEqual({
      M: { SS: { L: [{ S: 'a' }] } },
    });
  });

  it('survives recursion that the gate cannot see', () => {
    const { error } = runBody('const f = { g: (x) => f.g(x) }; return f.g(1);');
    expect(error).toMatchObject({ message: 'Maximum call stack size exceeded', errorType: 'Code' });
  });

  it('answers errors of the host as text only', () => {
    const { error } = runModule(
      `import { util } from '@aws-appsync/utils';
const f = { g: (x) => [util.autoId(), f.g(x)] };
export const request = () => f.g(1);`,
    );
    expect(error?.message).toBe('Maximum call stack size exceeded');
  });
});

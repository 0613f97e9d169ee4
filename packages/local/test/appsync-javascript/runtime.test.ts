import { describe, expect, it } from 'vitest';

import { contextOf, failureOf, resultOf, runBody, runModule, runtime, valueOf } from './support.ts';

describe('A handler', () => {
  it('is found by its exported name, however it is exported', () => {
    const module = runtime.load(
      'const request = () => 1; function answer() { return 2; } export { request, answer as response };',
      'x',
    );
    expect([module.has('request'), module.has('response')]).toEqual([true, true]);
    expect(module.evaluate('response', contextOf({})).result).toBe(2);
    expect(runtime.load('export const request = () => 1;', 'x').has('response')).toBe(false);
  });

  it('sees arguments under both names as one object', () => {
    expect(resultOf('ctx.args.a = 2; return ctx.arguments;', { args: { a: 1 } })).toEqual({ a: 2 });
  });

  it('uses util, runtime and extensions without importing them', () => {
    expect(runModule('export const request = () => runtime.earlyReturn(util.matches("a", "a"));')).toMatchObject({
      result: true,
      earlyReturn: { skipTo: 'NEXT' },
    });
  });

  it('reads the selection set, which JSON.stringify leaves out', () => {
    expect(valueOf('[ctx.info.selectionSetList, ctx.info.selectionSetGraphQL, JSON.stringify(ctx.info)]')).toEqual([
      ['id'],
      '{ id }',
      '{"fieldName":"field","parentTypeName":"Query","variables":{}}',
    ]);
  });

  it('returns JSON: undefined and functions vanish from objects, null stays', () => {
    expect(valueOf('{ a: undefined, b: () => 1, c: null, d: NaN, e: [undefined] }')).toEqual({
      c: null,
      d: null,
      e: [null],
    });
    expect(resultOf('ctx.stash.a = 1;')).toBeNull();
  });

  it('fails when its result has a cycle', () => {
    expect(runBody('const a = {}; a.a = a; return a;').error?.message).toContain('circular');
    expect(runBody('const a = {}; a.a = a; ctx.stash.a = a; return 1;')).toMatchObject({ result: null, stash: {} });
  });

  it('returns at most 5 MB', () => {
    const fiveMebibytesLess = (less: number): string => `let s = 'x';
for (const i of Array(20).fill(0)) { s = s + s; }
return s + s + s + s + s.slice(${less});`;
    // JSON adds two quotes.
    expect(runBody(fiveMebibytesLess(2)).error).toBeUndefined();
    expect(runBody(fiveMebibytesLess(1)).error?.message).toBe('The result of the handler is larger than 5 MB.');
  });
});

describe('util.error', () => {
  it('ends the handler with its message, type, data and info', () => {
    const body = "ctx.stash.before = 1; util.error('No', 'Custom', { id: 1 }, [2]); ctx.stash.after = 1;";
    expect(runBody(body)).toMatchObject({
      result: null,
      stash: { before: 1 },
      error: { message: 'No', errorType: 'Custom', data: { id: 1 }, errorInfo: [2], unauthorized: false },
    });
    expect(runBody(body).stash).toEqual({ before: 1 });
  });

  it('ends the handler from inside a callback and has null for what is not given', () => {
    expect(runBody("return [1].map(() => util.error('inner'));").error).toEqual({
      message: 'inner',
      errorType: null,
      data: null,
      errorInfo: null,
      unauthorized: false,
    });
  });

  it('has no position, since the message is the code’s own', () => {
    expect(runBody("util.error('No');").position).toBeUndefined();
  });
});

describe('util.appendError', () => {
  it('goes on, keeps the order, and shows the entries in ctx.outErrors', () => {
    const body = `util.appendError('first', 'A', { a: 1 });
util.appendError('second', 404);
return ctx.outErrors.map((entry) => entry.message);`;
    const evaluation = runBody(body);
    expect(evaluation.result).toEqual(['first', 'second']);
    expect(evaluation.appendedErrors).toEqual([
      { message: 'first', errorType: 'A', data: { a: 1 }, errorInfo: null },
      { message: 'second', errorType: '404', data: null, errorInfo: null },
    ]);
    expect(evaluation.error).toBeUndefined();
  });
});

describe('util.unauthorized', () => {
  it('ends the handler as unauthorized', () => {
    expect(runBody('util.unauthorized();').error).toEqual({
      message: 'Unauthorized',
      errorType: 'Unauthorized',
      data: null,
      errorInfo: null,
      unauthorized: true,
    });
  });
});

describe('runtime.earlyReturn', () => {
  it('ends the handler with a value and where to go on', () => {
    expect(runBody("runtime.earlyReturn({ a: 1 }, { skipTo: 'END' }); util.error('never');")).toMatchObject({
      result: { a: 1 },
      earlyReturn: { skipTo: 'END' },
    });
  });

  it('gives null when it is called without a value', () => {
    expect(runBody('runtime.earlyReturn();')).toMatchObject({ result: null, earlyReturn: { skipTo: 'NEXT' } });
  });
});

describe('A crash', () => {
  it('has the type Code and the place in the code', () => {
    const evaluation = runModule(`const prefix = 'x';
export function request(ctx) {
  const name = ctx.args.user.name;
  return prefix + name;
}`);
    expect(evaluation.error).toMatchObject({
      message: "Cannot read properties of undefined (reading 'name')",
      errorType: 'Code',
    });
    expect(evaluation.position).toBe('code.js:3:30');
  });

  it('of a library call is placed at the call, whatever the runtime inserted before', () => {
    const code = `import { util } from '@aws-appsync/utils';
export const request = (ctx) => [1].map((n) => util.time.parseISO8601ToEpochMilliSeconds('x' + n));`;
    expect(runModule(code).position).toBe('code.js:2:48');
  });
});

/** Split, or the test runner takes it for the map of this file. */
const SOURCE_MAPPING_URL = '//# source' + 'MappingURL=data:application/json;base64,';

/** A map from line 1, column 2 and 20 of the code to line 7, column 0, and line 9, column 4 of `resolvers/Query.me.ts`. */
const SOURCE_MAP = { version: 3, sources: ['resolvers/Query.me.ts'], names: [], mappings: 'EAMA,kBAEI' };

describe('Logs', () => {
  it('carry level, position and the arguments as JSON', () => {
    const code = `export function request(ctx) {
  console.log('current id', { a: [1] }, undefined, null);
  if (ctx.args) console.error(ctx.args.id);
  return [1, 2].map((n) => console.log(n)).length;
}`;
    expect(runModule(code, { args: { id: 'x' } }).logs).toEqual([
      'INFO - code.js:2:3: "current id" {"a":[1]} undefined null',
      'ERROR - code.js:3:17: "x"',
      'INFO - code.js:4:28: 1',
      'INFO - code.js:4:28: 2',
    ]);
  });

  it('name the original file when the code ends with an inline source map', () => {
    const map = Buffer.from(JSON.stringify(SOURCE_MAP)).toString('base64');
    const code = `  const request = () => console.log('x'); export { request };
${SOURCE_MAPPING_URL}${map}`;
    expect(runModule(code).logs).toEqual(['INFO - resolvers/Query.me.ts:9:9: "x"']);
  });

  it('name the code when the source map is broken', () => {
    const code = `export const request = () => console.log('x');
${SOURCE_MAPPING_URL}${Buffer.from('{}').toString('base64')}`;
    expect(runModule(code).logs).toEqual(['INFO - code.js:1:30: "x"']);
  });

  it('take no shadowed console for the real one', () => {
    expect(resultOf("const console = { log: (a) => a }; return console.log('mine');")).toBe('mine');
  });
});

describe('Loops', () => {
  it.each([
    ['for-of', 'for (const x of list) { count += 1; }'],
    ['for-of without a block', 'for (const x of list) count += 1;'],
    ['for-in', 'for (const x in list) { count += 1; }'],
    ['forEach', 'list.forEach(() => { count += 1; });'],
    ['map', 'count = list.map((x) => x).length;'],
    ['filter', 'count = list.filter(() => true).length;'],
    ['reduce', 'count = list.reduce((sum) => sum + 1, 0);'],
    ['every', 'list.every(() => { count += 1; return true; });'],
  ])('of the kind %s end after 1,000 iterations', (_kind, loop) => {
    const body = (length: number): string =>
      `let count = 0; const list = Array(${length}).fill(0); ${loop} return count;`;
    expect(runBody(body(1000)).result).toBe(1000);
    expect(runBody(body(1001)).error).toMatchObject({
      message: 'The maximum number of loop iterations (1000) has been exceeded.',
      errorType: 'Code',
    });
  });

  it('are counted anew each time', () => {
    const body = `let count = 0;
for (const a of Array(1000).fill(0)) { for (const b of Array(900).fill(0)) count += 1; }
return count;`;
    expect(resultOf(body)).toBe(900_000);
  });

  it('over a long list may stop early', () => {
    expect(valueOf('Array(5000).fill(7).find((x) => x === 7)')).toBe(7);
  });

  it('nested too deeply end, too', () => {
    const body = `let count = 0; const list = Array(1000).fill(0);
list.forEach(() => list.forEach(() => list.forEach(() => { count += 1; })));`;
    expect(runBody(body).error?.message).toBe('The handler made too many steps.');
  });

  it.each(['a = [...a, ...a];', 'a = a.concat(a);'])('cannot grow a list without bound: %s', (growth) => {
    const body = `let a = [1]; for (const i of Array(1000).fill(0)) { ${growth} }`;
    expect(runBody(body).error?.message).toBe('The array is too long.');
  });
});

describe('Built-in methods', () => {
  it('sort takes no comparator', () => {
    expect(valueOf('[10, 9, 1].sort()')).toEqual([1, 10, 9]);
    expect(failureOf('[1].sort(ctx.args)')).toBe('Array.sort() takes no arguments.');
  });

  it('JSON.parse answers an empty string for text that is no JSON', () => {
    expect(valueOf("[JSON.parse('{a'), JSON.parse(''), JSON.parse('[1]'), JSON.parse('null')]")).toEqual([
      '',
      '',
      [1],
      null,
    ]);
  });

  it('replace and replaceAll take Java patterns and replacements', () => {
    expect(
      valueOf(`['a.b.c'.replace('.', 'x'), 'a.b.c'.replaceAll('[.]', '-'), '2020-01-02'.replaceAll('(\\\\d+)-(\\\\d+)', '$2/$1'),
'abc'.replace('(?<x>b)', '[\${x}]'), 'abc'.replaceAll('b', '\\\\$')]`),
    ).toEqual(['x.b.c', 'a-b-c', '01/2020-02', 'a[b]c', 'a$c']);
    expect(failureOf("'abc'.replace('b', '$1')")).toBe('No group 1');
    expect(failureOf("'abc'.replace('b', '$x')")).toBe('Illegal group reference');
  });

  it.each([
    'ctx.args.s.charCodeAt(0)',
    'ctx.args.s.padStart(3)',
    'ctx.args.s.repeat(3)',
    'ctx.args.list.entries()',
    'ctx.args.hasOwnProperty("s")',
  ])('does not have %s', (expression) => {
    expect(failureOf(expression, { args: { s: 's', list: [] } })).toContain('is not a function');
  });

  it('turns objects and lists into text as JavaScript does', () => {
    expect(valueOf('`${{}} ${[1, [2, 3]]} ${null}` + 1')).toBe('[object Object] 1,2,3 null1');
  });

  it('Math.random takes the injected randomness', () => {
    const values = valueOf('[Math.random(), Math.random()]') as number[];
    expect(values[0]).not.toBe(values[1]);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  });
});

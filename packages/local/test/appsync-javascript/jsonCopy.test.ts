import { describe, expect, it } from 'vitest';

import { jsonCopier, ownMakers } from '../../src/services/appsync/javascript/library/jsonCopy.ts';
import { runBody } from './support.ts';

const { copy, bytes } = jsonCopier(ownMakers);

describe('A copy', () => {
  it.each<[string, unknown, unknown]>([
    ['drops undefined members and keeps null', { a: undefined, b: null }, { b: null }],
    ['has null for undefined elements and for holes', [undefined, , 1], [null, null, 1]],
    ['has null for numbers that JSON does not have', [NaN, Infinity, -Infinity], [null, null, null]],
    ['has no negative zero', [-0], [0]],
    ['drops functions and symbols', { a: () => 1, b: Symbol('b'), c: 1 }, { c: 1 }],
    ['has null for functions among elements', [() => 1], [null]],
    ['is undefined for what JSON does not have', undefined, undefined],
    ['asks toJSON', { at: new Date(0), b: { toJSON: () => 'text' } }, { at: '1970-01-01T00:00:00.000Z', b: 'text' }],
    ['asks toJSON of functions', { a: Object.assign(() => 1, { toJSON: () => 2 }) }, { a: 2 }],
    [
      'reads getters',
      Object.freeze({
        get a() {
          return 1;
        },
      }),
      { a: 1 },
    ],
    ['leaves out what cannot be enumerated', Object.defineProperty({ a: 1 }, 'b', { value: 2 }), { a: 1 }],
    ['has no inherited members', Object.create({ a: 1 }), {}],
    ['keeps the order of members', { b: 1, 2: 1, a: 1, 1: 1 }, { b: 1, 2: 1, a: 1, 1: 1 }],
    ['keeps half of a surrogate pair', '\ud83c', '\ud83c'],
  ])('%s', (_, value, expected) => {
    const copied = copy(value);
    expect(copied).toStrictEqual(expected);
    expect(JSON.stringify(copied)).toBe(JSON.stringify(value));
  });

  it('keeps a member called __proto__ as a member', () => {
    const copied = copy({ outer: JSON.parse('{"__proto__":{"admin":true}}') as unknown }) as { outer: object };
    expect(JSON.stringify(copied)).toBe('{"outer":{"__proto__":{"admin":true}}}');
    expect(copied.outer).not.toHaveProperty('admin');
  });

  it('goes through text where it is deep, and tells cycles', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 500; level += 1) deep = [deep];
    expect(copy(deep)).toStrictEqual(deep);
    const cycle: Record<string, unknown> = {};
    cycle.again = cycle;
    expect(() => copy(cycle)).toThrow('circular');
    expect(() => copy({ a: 1n })).toThrow('BigInt');
  });

  it('never tells fewer bytes than its text has', () => {
    for (const value of ['', 'あ', '\u0000', '\ud83c', -1.2345678901234567e-300, [[], {}], { キー: '"\\' }, null]) {
      const text = JSON.stringify(copy(value));
      expect(bytes()).toBeGreaterThanOrEqual(Buffer.byteLength(text));
    }
  });
});

describe('At the border of the sandbox', () => {
  it('what the host gives is of the sandbox, and what it gets is of the host', () => {
    const { result } = runBody('return { same: ctx.args.list.constructor === [].constructor, list: ctx.args.list };', {
      args: { list: [1] },
    });
    expect(result).toStrictEqual({ same: true, list: [1] });
    expect(Object.getPrototypeOf((result as { list: unknown }).list)).toBe(Array.prototype);
  });

  it('a stash that is not read is given back as it was, and a changed one is a copy', () => {
    const stash = { a: 1 };
    expect(runBody('return 1;', { stash }).stash).toBe(stash);
    expect(runBody('ctx.stash.b = 2; return 1;', { stash }).stash).toStrictEqual({ a: 1, b: 2 });
    expect(stash).toStrictEqual({ a: 1 });
  });

  it('a member that is read twice is the same object', () => {
    expect(runBody('ctx.args.a = 1; return ctx.arguments.a;', { args: {} }).result).toBe(1);
  });

  it('what a member calls when it is read cannot reach the objects of the host', () => {
    const body = 'return { a: { toJSON: (...given) => given.length + typeof given[0] }, ...ctx.args };';
    expect(runBody(body, { args: { b: 1 } }).result).toStrictEqual({ a: '1string', b: 1 });
  });
});

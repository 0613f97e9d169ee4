/** `ctx`, as the handlers see it. */
import type { EvaluationContext } from '../runtime.ts';
import { type ErrorEntry, run } from './evaluation.ts';
import { jsonCopier, ownMakers } from './jsonCopy.ts';

/** What a run has read of its context: copies, so that a handler may change them. */
export type Read = { -readonly [name in keyof EvaluationContext]?: unknown };

const { defineProperty, freeze } = Object;
const inward = jsonCopier(ownMakers);

function member(name: keyof EvaluationContext): unknown {
  const { given, read } = run();
  if (!(name in read)) read[name] = inward.copy(given[name]);
  return read[name];
}

/** Two members of `info` can be read, but do not show when it is printed. */
function info(): unknown {
  const { read } = run();
  if ('info' in read) return read.info;
  const copied = member('info') as object;
  defineProperty(copied, 'selectionSetList', { enumerable: false });
  return defineProperty(copied, 'selectionSetGraphQL', { enumerable: false });
}

/**
 * One object for all runs, since there is one run at a time and nothing outlives it; each member is copied when a handler first
 * asks for it. `ctx` itself is read-only; what it holds is not, but for the environment.
 */
export const context = freeze({
  get env() {
    return freeze(member('env'));
  },
  get arguments() {
    return member('args');
  },
  get args() {
    return member('args');
  },
  get identity() {
    return member('identity');
  },
  get source() {
    return member('source');
  },
  get error() {
    return member('error');
  },
  get stash() {
    return member('stash');
  },
  get result() {
    return member('result');
  },
  get prev() {
    return member('prev');
  },
  get request() {
    return member('request');
  },
  get info() {
    return info();
  },
  get outErrors() {
    return member('outErrors') as unknown[];
  },
});

/** Adds an entry to `errors` and goes on. `ctx.outErrors` shows it at once. */
export function appendEntry(entry: ErrorEntry): void {
  context.outErrors.push(entry);
  run().appendedErrors.push(entry);
}

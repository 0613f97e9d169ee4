import type { ContextTexts } from './library/entry.ts';
import type { EvaluationContext } from './runtime.ts';

/**
 * Identity, request and environment are one object for all fields of a request, and a source is one for all handlers of its
 * fields, so their text is made once. Nobody changes them.
 */
const known = new WeakMap<object, string>();

/** A context as the JSON texts that cross into the sandbox. */
export function contextTexts(context: EvaluationContext): ContextTexts {
  const { args, stash, result, prev, error, outErrors } = context;
  return [
    JSON.stringify({ args, stash, result, prev, error, outErrors }),
    textOf(context.source),
    textOf(context.identity),
    textOf(context.request),
    JSON.stringify(context.info),
    textOf(context.env),
  ];
}

function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const before = known.get(value);
  if (before !== undefined) return before;
  const text = JSON.stringify(value);
  known.set(value, text);
  return text;
}

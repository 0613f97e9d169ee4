import type { ContextTexts } from './library/entry.ts';
import type { EvaluationContext } from './runtime.ts';

/** Identity, headers and environment are one object for all fields of a request, so their text is made once. */
const known = new WeakMap<object, string>();

/** A context as the JSON texts that cross into the sandbox. */
export function contextTexts(context: EvaluationContext): ContextTexts {
  const { args, source, stash, result, prev, error, outErrors } = context;
  return [
    JSON.stringify({ args, source, stash, result, prev, error, outErrors }),
    textOf(context.identity),
    textOf(context.request),
    JSON.stringify(context.info),
    textOf(context.env),
  ];
}

function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const text = known.get(value) ?? JSON.stringify(value);
  known.set(value, text);
  return text;
}

import type { EvaluationContext } from '../runtime.ts';
import type { Read } from './context.ts';

/** What one run of a handler collects. Runs are synchronous, so there is one at a time. */
export interface Run {
  /** An object of the host, which only the library may see. */
  readonly given: EvaluationContext;
  readonly read: Read;
  readonly appendedErrors: ErrorEntry[];
  readonly logs: string[];
  /** Set with the first use of one. */
  extensions?: Extensions;
  error?: ErrorEntry & { readonly unauthorized: boolean };
  earlyReturn?: { readonly value: unknown; readonly skipTo: string };
  steps: number;
}

export interface Extensions {
  subscriptionFilter?: unknown;
  subscriptionInvalidationFilter?: unknown;
  readonly invalidations: unknown[];
  readonly evictions: unknown[];
  readonly responseHeaders: Record<string, string>;
}

export interface ErrorEntry {
  readonly message: string;
  readonly errorType: string | null;
  readonly data: unknown;
  readonly errorInfo: unknown;
}

/**
 * Loop iterations and function calls of one handler run. AWS ends a request after 30 seconds; nested loops of a thousand
 * iterations each would run far longer here and stop everything else in the process.
 */
const MAX_STEPS = 5_000_000;

/** Thrown to end a handler. Resolver code has no `try`, so nobody can catch it. */
export const STOP: object = Object.freeze(Object.create(null) as object);

const { parse, stringify } = JSON;
const { create } = Object;
const EvaluationError = Error;
const text = String;

let current: Run | undefined;

export function begin(given: EvaluationContext): Run {
  current = {
    given,
    read: {},
    appendedErrors: [],
    logs: [],
    steps: 0,
  };
  return current;
}

export function run(): Run {
  if (!current) throw new EvaluationError('No handler is running.');
  return current;
}

export function extensionsOfRun(): Extensions {
  return (run().extensions ??= {
    invalidations: [],
    evictions: [],
    responseHeaders: create(null) as Record<string, string>,
  });
}

export function step(): void {
  if (++run().steps > MAX_STEPS) throw new EvaluationError('The handler made too many steps.');
}

export function endLoop(): never {
  throw new EvaluationError('The maximum number of loop iterations (1000) has been exceeded.');
}

/** What a value is after the JSON boundary; `null` for what JSON does not have. */
export function snapshot(value: unknown): unknown {
  const json = stringify(value) as string | undefined;
  return json === undefined ? null : parse(json);
}

export function errorEntry(message: unknown, errorType: unknown, data: unknown, errorInfo: unknown): ErrorEntry {
  return {
    message: asText(message) ?? '',
    errorType: asText(errorType),
    data: snapshot(data),
    errorInfo: snapshot(errorInfo),
  };
}

function asText(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? stringify(value) : text(value);
}

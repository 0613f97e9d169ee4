import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A handler's context as EvaluateCode takes it, recorded from a request to the local system. */
export interface RecordedContext {
  readonly handler: 'request' | 'response';
  /** `arguments`, `identity`, `source`, `stash`, `result`, `prev`, `error`, `request`, `info` */
  readonly context: Readonly<Record<string, unknown>>;
  /** What the local runtime made of it. */
  readonly outcome: Outcome;
}

/** What a handler came to: all that a caller could tell apart, without the texts' formatting. */
export interface Outcome {
  readonly result: unknown;
  readonly stash: unknown;
  readonly outErrors: unknown;
  readonly error: string | null;
}

/** By the name of a resolver (`Query.post`) or function (`loadPost`); each is one file, `NAME.json`. */
export function readContexts(folder: string): Map<string, readonly RecordedContext[]> {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort();
  return new Map(
    files.map((file) => {
      const recorded = JSON.parse(readFileSync(join(folder, file), 'utf8')) as RecordedContext[];
      return [file.slice(0, -'.json'.length), recorded];
    }),
  );
}

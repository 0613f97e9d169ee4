import { isDeepStrictEqual } from 'node:util';
import type { AppSyncClient } from '@aws-sdk/client-appsync';
import type { Outcome, RecordedContext } from './contexts.ts';
import { evaluate } from './evaluate.ts';

export interface Verdict {
  readonly same: number;
  readonly different: readonly string[];
  readonly withoutContext: readonly string[];
}

/** Evaluates one after the other, as AppSync's rate for EvaluateCode wants it, and tells of every difference. */
export async function evaluateAll(
  client: AppSyncClient,
  options: {
    readonly names: readonly string[];
    readonly bundles: ReadonlyMap<string, string>;
    readonly contexts: ReadonlyMap<string, readonly RecordedContext[]>;
    readonly tell: (line: string) => void;
  },
): Promise<Verdict> {
  const { names, bundles, contexts, tell } = options;
  const verdict = { same: 0, different: [] as string[], withoutContext: [] as string[] };
  for (const name of names) {
    const recorded = contexts.get(name) ?? [];
    if (recorded.length === 0) verdict.withoutContext.push(name);
    for (const [index, { handler, context, outcome }] of recorded.entries()) {
      const code = bundles.get(name) ?? '';
      const now = await evaluate(client, { code, handler, context, now: Date.now() });
      const differences = differencesOf(outcome, now);
      if (differences.length === 0) verdict.same++;
      else verdict.different.push(`${name} ${handler} ${index}`);
      for (const line of differences) tell(`${name} ${handler}, context ${index}: ${line}`);
    }
  }
  return verdict;
}

/** One line for each part of the outcome that is not as recorded. */
export function differencesOf(recorded: Outcome, found: Outcome): string[] {
  const parts = ['result', 'stash', 'outErrors', 'error'] as const;
  return parts
    .filter((part) => !isDeepStrictEqual(recorded[part], found[part]))
    .map((part) => `${part} was ${JSON.stringify(recorded[part])}, is ${JSON.stringify(found[part])}`);
}

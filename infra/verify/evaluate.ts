import { type AppSyncClient, EvaluateCodeCommand, type EvaluateCodeCommandOutput } from '@aws-sdk/client-appsync';
import type { Outcome, RecordedContext } from './contexts.ts';
import { withoutMoment } from './moment.ts';

export interface Evaluated {
  readonly code: string;
  readonly handler: RecordedContext['handler'];
  readonly context: RecordedContext['context'];
  /** What `<now>` is, in epoch milliseconds. */
  readonly now: number;
}

/** AppSync's limit for the context. https://docs.aws.amazon.com/appsync/latest/APIReference/API_EvaluateCode.html */
export const MAX_CONTEXT_CHARACTERS = 28_000;

/** Runs a handler with EvaluateCode. Times and new ids are replaced by what they are, so that two runs compare. */
export async function evaluate(client: AppSyncClient, { code, handler, context, now }: Evaluated): Promise<Outcome> {
  const command = new EvaluateCodeCommand({
    code,
    function: handler,
    context: JSON.stringify(context),
    runtime: { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' },
  });
  const answer = await client.send(command);
  return withoutMoment(outcomeOf(answer), { now, given: context }) as Outcome;
}

function outcomeOf({ evaluationResult, stash, outErrors, error }: EvaluateCodeCommandOutput): Outcome {
  return {
    result: parsed(evaluationResult) ?? null,
    stash: parsed(stash) ?? {},
    outErrors: parsed(outErrors) ?? [],
    error: error?.message ?? null,
  };
}

/** JSON texts of one value may differ in spaces and in the order of members. */
function parsed(text: string | undefined): unknown {
  return text === undefined || text === '' ? undefined : JSON.parse(text);
}

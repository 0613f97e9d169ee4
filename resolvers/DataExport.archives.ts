import { runtime, util, type LambdaRequest } from '@aws-appsync/utils';
import type { NestedContext } from './shared/context.ts';
import { fail } from './shared/errors.ts';
import type { JobSource } from './shared/job.ts';
import { ARCHIVE_MS } from './shared/limits.ts';

type Archive = { name: string; bytes: number; url: string };
type Ctx = NestedContext<JobSource, Record<string, never>, Archive[] | null>;

/** Jobs are answered to their owners only, so whoever comes here may have the links. */
export function request(ctx: Ctx): LambdaRequest {
  const { stored, finishedAt } = ctx.source ?? {};
  if (!stored || !finishedAt) {
    runtime.earlyReturn(null);
  }
  const until = util.time.parseISO8601ToEpochMilliSeconds(finishedAt as string) + ARCHIVE_MS;
  if (until <= util.time.nowEpochMilliSeconds()) {
    runtime.earlyReturn([]);
  }
  return { operation: 'Invoke', payload: { archives: stored } };
}

export function response(ctx: Ctx) {
  if (ctx.error) {
    fail(ctx.error);
  }
  return ctx.result;
}

import { runtime, util } from '@aws-appsync/utils';
import type { StepContext } from '../shared/context.ts';
import { fail } from '../shared/errors.ts';
import type { JobItem } from '../shared/items.ts';
import { EXPORT_INTERVAL_MS } from '../shared/limits.ts';
import { jobUlid } from '../shared/newJob.ts';
import { refuse, refused } from '../shared/refusals.ts';
import { getItem } from '../shared/requests.ts';
import { ulidTime } from '../shared/ulid.ts';

/** What `stash.viewer` last asked for. Writes `stash.job` when that is still under way; refuses when it is too new. */
export function request(ctx: StepContext) {
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  const newest = ctx.stash.viewer?.exportJobId;
  if (newest === undefined) {
    runtime.earlyReturn(null);
  }
  return getItem({ operationId: `JOB#${newest}` }, true);
}

export function response(ctx: StepContext<JobItem | null>) {
  if (ctx.error) {
    fail(ctx.error);
  }
  const job = ctx.result;
  if (job && (job.state === 'QUEUED' || job.state === 'RUNNING')) {
    ctx.stash.job = job;
  } else if (job && job.state === 'DONE') {
    const again = ulidTime(jobUlid(job)) + EXPORT_INTERVAL_MS;
    if (again > util.time.nowEpochMilliSeconds()) {
      const time = util.time.epochMilliSecondsToISO8601(again);
      refuse(ctx.stash, 'TOO_SOON', `There is an export of today: ask again after ${time}.`, null);
    }
  }
  return null;
}

import { runtime } from '@aws-appsync/utils';
import { entriesOf } from '../shared/connection.ts';
import type { StepContext } from '../shared/context.ts';
import type { JobItem } from '../shared/items.ts';
import { batchGet, batchItems } from '../shared/requests.ts';

/** Reads `stash.slice`, writes `stash.jobs`. */
export function request(ctx: StepContext) {
  const entries = entriesOf(ctx.stash);
  ctx.stash.jobs = [];
  if (entries.length === 0) {
    runtime.earlyReturn(null);
  }
  return batchGet({ [TABLE.ops]: entries.map((entry) => ({ operationId: entry.id })) }, true);
}

export function response(ctx: StepContext) {
  ctx.stash.jobs = batchItems<JobItem>(ctx, TABLE.ops);
  return null;
}

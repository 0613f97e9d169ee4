import type { FieldContext } from './shared/context.ts';
import { toJob } from './shared/job.ts';

export function request(ctx: FieldContext) {
  ctx.stash.userErrors = [];
  return {};
}

export function response(ctx: FieldContext) {
  const { job, userErrors } = ctx.stash;
  return { job: job ? toJob(job) : null, userErrors };
}

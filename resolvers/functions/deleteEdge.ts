import { runtime } from '@aws-appsync/utils';
import type { StepContext } from '../shared/context.ts';
import { fail } from '../shared/errors.ts';
import { viewerId } from '../shared/identity.ts';
import { refused } from '../shared/refusals.ts';
import { deleteItem } from '../shared/requests.ts';

/** Deletes `stash.edge` of the viewer; none to delete is no error. */
export function request(ctx: StepContext) {
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  return deleteItem({ userId: viewerId(ctx.identity), edge: ctx.stash.edge });
}

export function response(ctx: StepContext) {
  if (ctx.error) {
    fail(ctx.error);
  }
  return null;
}

import { runtime } from '@aws-appsync/utils';
import type { StepContext } from '../shared/context.ts';
import { fail } from '../shared/errors.ts';
import { viewerId } from '../shared/identity.ts';
import type { UserItem } from '../shared/items.ts';
import { refuseProfile, refused } from '../shared/refusals.ts';
import { getItem } from '../shared/requests.ts';

/**
 * Refuses whoever has no profile, or a deleted one. Suspended members pass: what is theirs to take out or to erase is so
 * whatever they did. Writes `stash.viewer`.
 */
export function request(ctx: StepContext) {
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  return getItem({ userId: viewerId(ctx.identity) }, true);
}

export function response(ctx: StepContext<UserItem | null>) {
  if (ctx.error) {
    fail(ctx.error);
  }
  if (ctx.result?.status !== 'SUSPENDED') {
    refuseProfile(ctx.stash, ctx.result);
  }
  ctx.stash.viewer = ctx.result ?? undefined;
  return null;
}

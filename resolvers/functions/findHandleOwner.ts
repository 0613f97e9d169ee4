import type { StepContext } from '../shared/context.ts';
import { fail } from '../shared/errors.ts';
import type { HandleItem } from '../shared/items.ts';
import { getItem } from '../shared/requests.ts';

/** Reads `stash.handle`, writes `stash.userId`: none when nobody holds the handle. */
export function request(ctx: StepContext) {
  return getItem({ userId: `HANDLE#${ctx.stash.handle}` }, false);
}

export function response(ctx: StepContext<HandleItem | null>) {
  if (ctx.error) {
    fail(ctx.error);
  }
  ctx.stash.userId = ctx.result?.ownerId;
  return null;
}

import { runtime } from '@aws-appsync/utils';

export function request(ctx) {
  if (ctx.stash.isLong) {
    runtime.earlyReturn(ctx.prev.result);
  }
  return { payload: { from: 'short' } };
}

export function response(ctx) {
  ctx.stash.seen = [...(ctx.stash.seen ?? []), 'short'];
  return ctx.result;
}

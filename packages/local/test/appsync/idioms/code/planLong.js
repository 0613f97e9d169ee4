import { runtime } from '@aws-appsync/utils';

export function request(ctx) {
  if (!ctx.stash.isLong) {
    runtime.earlyReturn(ctx.prev.result);
  }
  return { payload: { from: 'long', before: ctx.prev.result.from } };
}

export function response(ctx) {
  ctx.stash.seen = [...(ctx.stash.seen ?? []), 'long'];
  return ctx.result;
}

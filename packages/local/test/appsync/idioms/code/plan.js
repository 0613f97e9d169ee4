/** Before and after a pipeline whose functions leave each other out by the stash. */
export function request(ctx) {
  ctx.stash.isLong = Object.keys(ctx.args).length > 1;
  return { from: 'before' };
}

export const response = (ctx) => ({ last: ctx.prev.result, seen: ctx.stash.seen });

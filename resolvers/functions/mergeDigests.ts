import type { StepContext } from '../shared/context.ts';
import { mergeNewestFirst } from '../shared/feed.ts';
import { viewerId } from '../shared/identity.ts';
import type { DigestItem } from '../shared/items.ts';
import { sliceOf, type Page } from '../shared/page.ts';
import { batchGet, batchItems } from '../shared/requests.ts';

/**
 * Merges the newest post ids of the viewer and of those in `stash.celebrities` and not in `stash.muted` with
 * `stash.timeline`. Writes `stash.slice`.
 */
export function request(ctx: StepContext) {
  const muted = ctx.stash.muted ?? [];
  const heard = (ctx.stash.celebrities ?? []).filter((person) => muted.indexOf(person) < 0);
  const keys = [viewerId(ctx.identity), ...heard].map((person) => ({ userId: `DIGEST#${person}`, entry: 'DIGEST' }));
  return batchGet({ [TABLE.timelines]: keys }, false);
}

export function response(ctx: StepContext) {
  const page = ctx.stash.page as Page;
  const pushed = (ctx.stash.timeline ?? []).map((item) => item.entry);
  const lists = batchItems<DigestItem>(ctx, TABLE.timelines).map((digest) => digest.postIds);
  const nearestFirst = mergeNewestFirst(page, [...lists, pushed]);
  ctx.stash.slice = sliceOf(
    page,
    nearestFirst.map((id) => ({ sortKey: id, id, at: '' })),
  );
  return null;
}

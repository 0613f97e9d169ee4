import { runtime } from '@aws-appsync/utils';
import { bundleOf } from '../shared/archive.ts';
import type { StepContext } from '../shared/context.ts';
import { getObject } from '../shared/http.ts';
import { peopleIn, withArchived } from '../shared/nodes.ts';

/** Takes the first of `stash.bundles` and puts those of its posts that were asked for into `stash.found`. */
export function request(ctx: StepContext) {
  const [key, ...rest] = ctx.stash.bundles ?? [];
  if (key === undefined) {
    runtime.earlyReturn(null);
  }
  ctx.stash.bundles = rest;
  return getObject(key as string);
}

export function response(ctx: StepContext) {
  const asked = (ctx.stash.notes ?? []).map((note) => note.postId);
  const posts = (bundleOf(ctx)?.posts ?? []).filter((post) => asked.indexOf(post.postId) >= 0);
  const found = withArchived(ctx.stash.found ?? [], posts);
  const { people, follows } = peopleIn(found);
  ctx.stash.found = found;
  ctx.stash.people = people;
  ctx.stash.follows = follows;
  return null;
}

import { runtime } from '@aws-appsync/utils';
import { entriesOf } from '../shared/connection.ts';
import type { StepContext } from '../shared/context.ts';
import type { PostItem } from '../shared/items.ts';
import { batchGet, batchItems } from '../shared/requests.ts';
import { distinct } from '../shared/visibility.ts';

/** Reads `stash.slice`, writes `stash.posts` and, as `stash.people`, their authors. */
export function request(ctx: StepContext) {
  const entries = entriesOf(ctx.stash);
  ctx.stash.posts = [];
  if (entries.length === 0) {
    runtime.earlyReturn(null);
  }
  return batchGet({ [TABLE.posts]: entries.map((entry) => ({ postId: entry.id, item: 'POST' })) }, false);
}

export function response(ctx: StepContext) {
  const posts = batchItems<PostItem>(ctx, TABLE.posts);
  ctx.stash.posts = posts;
  ctx.stash.people = distinct(posts.map((post) => post.authorId));
  return null;
}

import { runtime } from '@aws-appsync/utils';
import type { StepContext } from '../shared/context.ts';
import { isWorker, viewerIdOrNull } from '../shared/identity.ts';
import type { EdgeItem, PostItem } from '../shared/items.ts';
import { batchGet, batchItems } from '../shared/requests.ts';

/**
 * Turns `stash.post` into null when the viewer may not read it: a block in either direction, or a post for followers
 * read by somebody who is none. Both come from one consistent BatchGetItem, since an index must not authorize.
 */
export function request(ctx: StepContext) {
  const viewer = viewerIdOrNull(ctx.identity);
  const post = ctx.stash.post;
  if (!post || isWorker(ctx.identity) || post.authorId === viewer) {
    runtime.earlyReturn(post);
  }
  const { authorId, visibility } = post as PostItem;
  if (viewer === null) {
    ctx.stash.post = visibility === 'PUBLIC' ? post : null;
    runtime.earlyReturn(ctx.stash.post);
  }
  const keys = [
    { userId: viewer, edge: `BLOCK#${authorId}` },
    { userId: authorId, edge: `BLOCK#${viewer}` },
  ];
  return batchGet(
    {
      [TABLE.edges]: visibility === 'FOLLOWERS' ? keys.concat([{ userId: viewer, edge: `FOLLOW#${authorId}` }]) : keys,
    },
    true,
  );
}

export function response(ctx: StepContext) {
  const edges = batchItems<EdgeItem>(ctx, TABLE.edges);
  const post = ctx.stash.post as PostItem;
  const blocked = edges.some((edge) => edge.kind === 'BLOCK');
  const follows = edges.some((edge) => edge.kind === 'FOLLOW');
  ctx.stash.post = !blocked && (post.visibility === 'PUBLIC' || follows) ? post : null;
  return ctx.stash.post;
}

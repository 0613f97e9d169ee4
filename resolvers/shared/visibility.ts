import type { Identity } from '@aws-appsync/utils';
import type { Stash } from './context.ts';
import { isWorker, viewerIdOrNull } from './identity.ts';
import type { CommentItem, PostItem, UserItem } from './items.ts';
import { isAlive } from './post.ts';

type Judging = { identity: Identity; stash: Stash };

/** Needs loadBlocks for the author, and `stash.followed` unless posts for followers are to be left out. */
export function mayReadPost(ctx: Judging, post: PostItem): boolean {
  if (!isAlive(post)) {
    return false;
  }
  if (isWorker(ctx.identity) || post.authorId === viewerIdOrNull(ctx.identity)) {
    return true;
  }
  const followed = (ctx.stash.followed ?? []).indexOf(post.authorId) >= 0;
  return !isBlocked(ctx, post.authorId) && (post.visibility === 'PUBLIC' || followed);
}

/** Needs loadBlocks for the author. The post is judged on its own. */
export function mayReadComment(ctx: Judging, comment: CommentItem): boolean {
  return isAlive(comment) && !isBlocked(ctx, comment.authorId);
}

/** Whom the viewer has blocked stays visible, so that the block can be lifted. Needs loadBlocks for the user. */
export function maySeeUser(ctx: Judging, user: UserItem): boolean {
  return (ctx.stash.blockedBy ?? []).indexOf(user.userId) < 0;
}

/** In lists of people: neither tombstones nor suspended accounts. */
export function isListed(ctx: Judging, user: UserItem): boolean {
  return user.status === 'ACTIVE' && maySeeUser(ctx, user);
}

function isBlocked(ctx: Judging, userId: string): boolean {
  return (ctx.stash.blocked ?? []).indexOf(userId) >= 0;
}

/** Each id once, in order of first appearance. */
export function distinct(ids: string[]): string[] {
  return ids.filter((id, index) => ids.indexOf(id) === index);
}

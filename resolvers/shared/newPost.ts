import type { Identity } from '@aws-appsync/utils';
import type { MutationCreatePostArgs } from '../generated/schema.ts';
import type { Stash } from './context.ts';
import { viewerId } from './identity.ts';
import type { PostItem } from './items.ts';
import { MAX_POST_HASHTAGS } from './limits.ts';
import { isAlive } from './post.ts';
import { refuse } from './refusals.ts';
import { hashtagsIn } from './text.ts';
import { carriedTrace, type Traced } from './trace.ts';
import { ulidTimeISO } from './ulid.ts';

type CreatePost = { args: MutationCreatePostArgs; identity: Identity; stash: Stash } & Traced;

/** The item that createPost writes: made of the arguments alone, so that a repeated request makes the same one, but for its trace. */
export function newPost(ctx: CreatePost): PostItem {
  const { idempotencyKey, body, visibility } = ctx.args.input;
  return {
    postId: idempotencyKey,
    item: 'POST',
    authorId: viewerId(ctx.identity),
    body,
    hashtags: hashtagsIn(body, MAX_POST_HASHTAGS),
    visibility: visibility ?? 'PUBLIC',
    photoIds: ctx.stash.photoIds ?? [],
    createdAt: ulidTimeISO(idempotencyKey),
    ...carriedTrace(ctx),
  };
}

/** Answers what is stored under the key, provided that it is the viewer's and still there. */
export function settlePost(ctx: CreatePost, stored: PostItem | null): void {
  if (stored && stored.authorId === viewerId(ctx.identity) && isAlive(stored)) {
    ctx.stash.post = stored;
    return;
  }
  const message = 'This key has been used before. Make a new one.';
  refuse(ctx.stash, 'IDEMPOTENCY_KEY_REUSED', message, ['input', 'idempotencyKey']);
}

import { runtime } from '@aws-appsync/utils';
import type { NestedContext } from './shared/context.ts';
import { toPost } from './shared/post.ts';

type Ctx = NestedContext<{ postId: string | null }>;

export function request(ctx: Ctx) {
  const postId = ctx.source?.postId ?? null;
  if (postId === null) {
    runtime.earlyReturn(null);
    return null;
  }
  ctx.stash.postId = postId;
  return {};
}

export function response(ctx: Ctx) {
  return ctx.stash.post ? toPost(ctx.stash.post) : null;
}

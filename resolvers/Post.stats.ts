import type { NestedContext } from './shared/context.ts';
import { fail } from './shared/errors.ts';
import type { PostStatsItem } from './shared/items.ts';
import type { PostSource } from './shared/post.ts';
import { getItem } from './shared/requests.ts';

type Ctx = NestedContext<PostSource, Record<string, never>, PostStatsItem | null>;

export function request(ctx: Ctx) {
  return getItem({ postId: ctx.source?.postId, item: 'STATS' }, false);
}

export function response(ctx: Ctx) {
  if (ctx.error) {
    fail(ctx.error);
  }
  return { likes: ctx.result?.likeCount ?? 0, comments: ctx.result?.commentCount ?? 0 };
}

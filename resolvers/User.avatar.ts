import { runtime } from '@aws-appsync/utils';
import type { NestedContext } from './shared/context.ts';
import { fail } from './shared/errors.ts';
import type { PhotoItem } from './shared/items.ts';
import { toPhoto } from './shared/photo.ts';
import { isAlive } from './shared/post.ts';
import { getItem } from './shared/requests.ts';
import type { UserSource } from './shared/user.ts';

type Ctx = NestedContext<UserSource, Record<string, never>, PhotoItem | null>;

export function request(ctx: Ctx) {
  const photoId = ctx.source?.avatarPhotoId ?? null;
  if (photoId === null) {
    runtime.earlyReturn(null);
  }
  return getItem({ photoId }, false);
}

export function response(ctx: Ctx) {
  if (ctx.error) {
    fail(ctx.error);
  }
  return ctx.result && ctx.result.status === 'READY' && isAlive(ctx.result) ? toPhoto(ctx.result) : null;
}

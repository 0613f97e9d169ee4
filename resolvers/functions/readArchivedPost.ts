import { runtime } from '@aws-appsync/utils';
import { bundleKey, bundleOf, monthOf } from '../shared/archive.ts';
import type { StepContext } from '../shared/context.ts';
import { getObject } from '../shared/http.ts';

/** Reads the post of `stash.note` from its author's bundle into `stash.post`. */
export function request(ctx: StepContext) {
  const { note, post } = ctx.stash;
  if (!note) {
    runtime.earlyReturn(post);
    return null;
  }
  return getObject(bundleKey(note.ownerId, monthOf(note.postId)));
}

export function response(ctx: StepContext) {
  const postId = ctx.stash.note?.postId;
  ctx.stash.post = bundleOf(ctx)?.posts.find((post) => post.postId === postId) ?? null;
  return ctx.stash.post;
}

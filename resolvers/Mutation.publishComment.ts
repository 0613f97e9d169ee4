import type { MutationPublishCommentArgs } from './generated/schema.ts';
import type { CommentSource } from './shared/comment.ts';
import type { FieldContext } from './shared/context.ts';
import { soleKeyOf } from './shared/globalId.ts';

export function request(ctx: FieldContext<MutationPublishCommentArgs>) {
  const { id, body, createdAt, authorId, postId } = ctx.args.input;
  const payload: CommentSource = {
    __typename: 'Comment',
    id,
    body,
    createdAt,
    authorId: soleKeyOf('User', authorId, 'authorId'),
    postId: soleKeyOf('Post', postId, 'postId'),
  };
  return { payload };
}

export function response(ctx: FieldContext<MutationPublishCommentArgs>) {
  return ctx.result;
}

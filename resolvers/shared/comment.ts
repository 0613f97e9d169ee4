import { globalId } from './globalId.ts';
import type { CommentItem } from './items.ts';

/** What a Comment's fields and nested resolvers read. */
export type CommentSource = {
  __typename: 'Comment';
  id: string;
  body: string;
  createdAt: string;
  authorId: string;
  postId: string;
};

export function toComment(item: CommentItem): CommentSource {
  return {
    __typename: 'Comment',
    id: globalId('Comment', [item.postId, item.commentId]),
    body: item.body ?? '',
    createdAt: item.createdAt,
    authorId: item.authorId,
    postId: item.postId,
  };
}

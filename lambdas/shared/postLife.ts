import { required } from './environment.ts';
import { itemKind, readPost, type Post } from './items.ts';
import type { Change, Image } from './records.ts';
import type { TransactItem } from './transaction.ts';

/** A post that comes to be seen or is no longer; as it is now, or as it last was. */
export interface PostTransition {
  readonly change: Change;
  readonly post: Post;
  /** `expired`: it left the tables for the archive. */
  readonly to: 'live' | 'gone' | 'expired';
}

/**
 * None for other items, nor when a post stays what it is: what DynamoDB removes days after a deletion was gone before.
 * @throws MalformedRecord
 */
export function postTransitions(change: Change): readonly PostTransition[] {
  const before = postOf(change.before);
  const after = postOf(change.after);
  if (after?.live && !before?.live) return [{ change, post: after, to: 'live' }];
  // What is erased has lost its hashtags: the image before has them.
  if (before?.live && !after?.live) return [{ change, post: before, to: change.expired ? 'expired' : 'gone' }];
  return [];
}

function postOf(image: Image | null): Post | null {
  return image && itemKind(image) === 'post' ? readPost(image) : null;
}

/** The part of a transaction that cancels it when the post is gone for readers. */
export function postIsLive(postId: string): TransactItem {
  return {
    ConditionCheck: {
      TableName: required('POSTS_TABLE'),
      Key: { postId, item: 'POST' },
      ConditionExpression:
        'attribute_exists(postId) AND attribute_not_exists(deletedAt) AND attribute_not_exists(removedAt)',
    },
  };
}

import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { forEach } from '../shared/concurrency.ts';
import { dynamodb } from '../shared/dynamodb.ts';
import { required } from '../shared/environment.ts';
import type { Post } from '../shared/items.ts';
import { postIsLive, type PostTransition } from '../shared/postLife.ts';
import { MAX_ATTEMPTS, pauseAfter } from '../shared/retry.ts';
import type { Report } from '../shared/streamHandler.ts';
import { transact, type TransactItem } from '../shared/transaction.ts';

/** Keeps a `TAG#x` item for each hashtag of a live PUBLIC post: what the index byTag lists. */
export async function keepTags(transitions: readonly PostTransition[], report: Report): Promise<void> {
  const tagged = transitions.filter(({ post }) => isTagged(post));
  await forEach(tagged, async ({ change, post, to }) => {
    try {
      report.count(to === 'live' ? await tag(post) : await untag(post));
    } catch (error) {
      report.fail([change], error);
    }
  });
}

function isTagged({ visibility, hashtags }: Post): boolean {
  return visibility === 'PUBLIC' && hashtags.length > 0;
}

/**
 * One transaction with a check of the post: a record that is delivered late, or twice, cannot tag a post that was deleted
 * in the meantime, and a deletion that comes later finds the tags and removes them.
 */
async function tag(post: Post): Promise<'tagged' | 'gone'> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await transact([postIsLive(post.postId), ...post.hashtags.map((name) => tagItem(post, name))]);
    if (result.outcome === 'done') return 'tagged';
    if (result.outcome === 'refused') return 'gone';
    if (attempt === MAX_ATTEMPTS) throw result.error;
    await pauseAfter(attempt);
  }
}

/** Without `authorId`, which would list it among the author's posts. */
function tagItem({ postId, expiresAt }: Post, name: string): TransactItem {
  return { Put: { TableName: required('POSTS_TABLE'), Item: { postId, item: `TAG#${name}`, tag: name, expiresAt } } };
}

async function untag({ postId, hashtags }: Post): Promise<'untagged'> {
  await Promise.all(
    hashtags.map((name) =>
      dynamodb.send(new DeleteCommand({ TableName: required('POSTS_TABLE'), Key: { postId, item: `TAG#${name}` } })),
    ),
  );
  return 'untagged';
}

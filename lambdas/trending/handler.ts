import { itemKind, readStats } from '../shared/items.ts';
import { postTransitions } from '../shared/postLife.ts';
import type { Change } from '../shared/records.ts';
import { readEach, streamHandler } from '../shared/streamHandler.ts';
import { placePosts } from './trendingList.ts';

/**
 * Keeps the list of posts that are liked and commented on most. A record only says which post to look at again: what
 * counts is what the tables hold, so that records may come twice or late.
 */
export const handler = streamHandler('trending', async (changes, report) => {
  const postIds = new Set(readEach(changes, report, postsToLookAt));
  if (postIds.size > 0) report.count(await placePosts(postIds));
});

function postsToLookAt(change: Change): readonly string[] {
  const image = change.after ?? change.before;
  if (image && itemKind(image) === 'stats') return [readStats(image).postId];
  return postTransitions(change)
    .filter(({ to }) => to !== 'live')
    .map(({ post }) => post.postId);
}

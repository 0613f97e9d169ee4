import type { PostDeleted } from '../shared/fanOutMessages.ts';
import { followersPage } from '../shared/followers.ts';
import { readAuthor } from './celebrity.ts';
import { FOLLOWERS_PER_MESSAGE, type Outcome } from './outcome.ts';
import { noEntry, writeTimelines } from './timeline.ts';

/**
 * Takes a post out of the timelines of one page of followers. Readers do not see it any more, whether its entry is gone or
 * not, and entries end by themselves: so a celebrity's are left to that, of which few or none have any.
 */
export async function postDeleted(message: PostDeleted): Promise<Outcome> {
  const { authorId, postId, position } = message;
  if (!position && (await readAuthor(authorId))?.celebrity === 'YES') return { did: 'left to expire' };
  const { followerIds, next } = await followersPage(authorId, position, FOLLOWERS_PER_MESSAGE);
  await writeTimelines(followerIds.map((readerId) => noEntry(readerId, postId)));
  return { did: 'taken back', by: followerIds.length, ...(next ? { next: { ...message, position: next } } : {}) };
}

import type { PostCreated } from '../shared/fanOutMessages.ts';
import { followersPage } from '../shared/followers.ts';
import { planPost, readAuthor, settle } from './celebrity.ts';
import { postIsThere } from './livePost.ts';
import { FOLLOWERS_PER_MESSAGE, type Outcome } from './outcome.ts';

import { entry, mark, noEntry, TIMELINE_SECONDS, writeTimelines } from './timeline.ts';

/**
 * Writes a post into the timelines of one page of followers. Entries have the key of reader and post, so a page that is
 * done again changes nothing.
 */
export async function postCreated(message: PostCreated): Promise<Outcome> {
  const { authorId, postId, position } = message;
  const plan = position ? { pushes: true as const, turn: message.turn } : await planOf(authorId);
  if (!plan.pushes) return { did: 'merged at read' };
  if (!(await postIsThere(postId))) return { did: 'post gone' };

  const { followerIds, next } = await followersPage(authorId, position, FOLLOWERS_PER_MESSAGE);
  await writeTimelines([
    ...followerIds.map((readerId) => entry(readerId, { postId, authorId })),
    ...(plan.turn ? followerIds.map((readerId) => markOf(readerId, authorId, plan.turn?.to)) : []),
  ]);
  // Deleted meanwhile: the walk that takes it out may have passed these followers already.
  if (!(await postIsThere(postId))) {
    await writeTimelines(followerIds.map((readerId) => noEntry(readerId, postId)));
    return { did: 'post gone' };
  }
  if (next) return { did: 'pushed', by: followerIds.length, next: { ...message, position: next, turn: plan.turn } };
  if (plan.turn) await settle(authorId, plan.turn);
  return { did: 'pushed', by: followerIds.length };
}

async function planOf(authorId: string): ReturnType<typeof planPost> {
  const author = await readAuthor(authorId);
  // A post's author has a profile; one that is being erased has no readers to come.
  return author ? planPost(author) : { pushes: false };
}

/** For good, or until what was posted while the author was a celebrity has left the timelines, too. */
function markOf(readerId: string, authorId: string, to: 'celebrity' | 'pushed' | undefined) {
  const fading = Math.floor(Date.now() / 1_000) + TIMELINE_SECONDS;
  return mark(readerId, authorId, to === 'pushed' ? fading : undefined);
}

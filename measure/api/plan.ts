import { people as authors, type Person } from '../../seed/people.ts';
import type { SeedEvent, SeedPlan } from '../../seed/plan.ts';
import { filled } from '../plan.ts';
import { others, readers, viewer } from '../people.ts';

/** Whom the viewer follows: a page shows twenty of them. */
const FOLLOWED = 32;
const POSTS_EACH = 3;
const POST_BYTES = 280;
const HASHTAG = 'square';

/** Writes while it is measured, and is followed by nobody, so that the pages of others stay as they are. */
export const writer: Person = {
  key: 'writer',
  handle: 'writer',
  displayName: 'The writer',
  bio: '',
  language: 'EN',
};

export { viewer };

/**
 * A square in which the viewer's feed is full and each of its posts is by somebody else; a third of them the viewer likes, and
 * all have likes and comments of others. Nobody shows photos.
 */
export function apiPlan(): SeedPlan {
  const followed = others.slice(0, FOLLOWED);
  const posts = Array.from({ length: POSTS_EACH }, () => followed).flat();
  const follows = followed.map(({ key }): SeedEvent => ({ kind: 'follow', actor: viewer.key, target: key }));
  const written = posts.map(({ key }, post): SeedEvent => {
    const body = filled(`Post ${post} #${HASHTAG} `, POST_BYTES);
    return { kind: 'post', actor: key, post, body, visibility: 'PUBLIC' };
  });
  const reactions = posts.flatMap((author, post): SeedEvent[] => {
    const fans = readers.filter(({ key }) => key !== author.key).slice(0, 1 + (post % 4));
    return [
      ...fans.map(({ key }): SeedEvent => ({ kind: 'like', actor: key, post })),
      ...fans.slice(1).map(({ key }): SeedEvent => ({ kind: 'comment', actor: key, post, body: `Remark on ${post}` })),
      ...(post % 3 === 0 ? [{ kind: 'like' as const, actor: viewer.key, post }] : []),
    ];
  });
  return {
    people: [...authors, ...readers, writer],
    slots: [
      { daysBefore: 1, events: follows },
      { daysBefore: 0.75, events: written },
      { daysBefore: 0.5, events: reactions },
    ],
  };
}

import type { SeedEvent, SeedPlan } from '../seed/plan.ts';
import { others, people, readers, star, viewer } from './people.ts';

/** What a page shows, and a little more, so that there is a next page. */
const MORE_THAN_A_PAGE = 22;
/** Accounts that the viewer follows, the star among them. */
const FOLLOWED = 32;
/** What the API allows: a kilobyte per post is what the load of the bill says. */
const POST_BYTES = 1_000;
const COMMENT_BYTES = 500;

export const HASHTAG = 'square';

/**
 * A small square in which every page that can be asked for is full. First people, then what they do. The viewer, whose name has
 * another length, follows before all others: among what happens at one moment, chance says what comes onto a page.
 */
export function worldPlan(): SeedPlan {
  const posts = Array.from({ length: MORE_THAN_A_PAGE }, (_, index) => index);
  const byStar = posts.map((post) => written(star.key, post));
  const byViewer = posts.map((post) => written(viewer.key, MORE_THAN_A_PAGE + post));
  const byOthers = others.map(({ key }, index) => written(key, 2 * MORE_THAN_A_PAGE + index));
  const follows: SeedEvent[] = [
    ...readers.map(({ key }) => ({ kind: 'follow' as const, actor: key, target: star.key })),
    ...others.slice(0, FOLLOWED - 1).map(({ key }) => ({ kind: 'follow' as const, actor: viewer.key, target: key })),
    ...readers.slice(0, MORE_THAN_A_PAGE).map(({ key }) => ({ kind: 'follow' as const, actor: star.key, target: key })),
  ];
  const likes: SeedEvent[] = [
    ...readers.map(({ key }) => ({ kind: 'like' as const, actor: key, post: NEWEST_OF_STAR })),
    // A post each, so that the viewer has a notification for each.
    ...posts.map((post) => ({ kind: 'like' as const, actor: star.key, post: MORE_THAN_A_PAGE + post })),
  ];
  const comments: SeedEvent[] = readers.slice(0, MORE_THAN_A_PAGE).map(({ key }, index) => ({
    kind: 'comment',
    actor: key,
    post: NEWEST_OF_STAR,
    body: filled(`Remark ${index}`, COMMENT_BYTES),
  }));
  return {
    people,
    slots: [
      { daysBefore: 1.25, events: [{ kind: 'follow', actor: viewer.key, target: star.key }] },
      { daysBefore: 1, events: follows },
      { daysBefore: 0.75, events: [...byOthers, ...byStar, ...byViewer] },
      { daysBefore: 0.5, events: [...likes, ...comments] },
    ],
  };
}

const NEWEST_OF_STAR = MORE_THAN_A_PAGE - 1;

function written(actor: string, post: number): SeedEvent {
  const body = filled(`Post ${post} #${HASHTAG} `, POST_BYTES);
  return { kind: 'post', actor, post, body, visibility: 'PUBLIC' };
}

/** Text of exactly that many bytes. */
export function filled(text: string, bytes: number): string {
  return text.padEnd(bytes, 'lorem ipsum ').slice(0, bytes).replace(/ $/, '.');
}

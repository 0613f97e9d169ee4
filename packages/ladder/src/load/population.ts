import { filled } from '../../../../measure/plan.ts';
import { load } from '../../../../infra/bill/arithmetic.ts';
import { people as authors, type Person } from '../../../../seed/people.ts';
import type { SeedEvent, SeedPlan } from '../../../../seed/plan.ts';
import { uniform } from '../traffic/random.ts';
import { zipf } from '../traffic/zipf.ts';

const READERS = 76;
const POSTS = 160;
const COMMENTS = 60;
const FOLLOWS = 360;
const COMMENT_BYTES = 500;

export const HASHTAG = 'load';

/** Most followed first. The first is followed by everyone. */
export const members: readonly Person[] = [
  ...authors,
  ...Array.from({ length: READERS }, (_, index): Person => {
    const name = `crowd${String(index).padStart(2, '0')}`;
    return { key: name, handle: name, displayName: `Crowd ${index}`, bio: '', language: 'EN' };
  }),
];

/** A square for load: who is followed and who writes is by a Zipf law, and one is followed by all. The same every time. */
export function populationPlan(): SeedPlan {
  const random = uniform('population');
  const popular = zipf(members.length, 1);
  const nameOf = (rank: number): string => members[rank]?.key ?? '';
  const anyone = (): string => nameOf(Math.floor(random() * members.length));
  const followed = new Set(members.slice(1).map(({ key }) => `${key} ${nameOf(0)}`));
  while (followed.size < FOLLOWS) {
    const [actor, target] = [anyone(), nameOf(popular.draw(random))];
    if (actor !== target) followed.add(`${actor} ${target}`);
  }
  const follows = [...followed].map((pair): SeedEvent => {
    const [actor = '', target = ''] = pair.split(' ');
    return { kind: 'follow', actor, target };
  });
  // Everybody has written, so that no page is empty.
  const posts = Array.from({ length: POSTS }, (_, post): SeedEvent => ({
    kind: 'post',
    actor: post < members.length ? nameOf(post) : nameOf(popular.draw(random)),
    post,
    body: filled(`Post ${post} #${HASHTAG} `, load.bytesPerWrite),
    visibility: 'PUBLIC',
  }));
  const comments = Array.from({ length: COMMENTS }, (_, index): SeedEvent => ({
    kind: 'comment',
    actor: anyone(),
    post: Math.floor(random() * POSTS),
    body: filled(`Remark ${index} `, COMMENT_BYTES),
  }));
  return {
    people: members,
    slots: [
      { daysBefore: 1, events: follows },
      { daysBefore: 0.5, events: posts },
      { daysBefore: 0.25, events: comments },
    ],
  };
}

import { type Person, people } from './people.ts';
import { popularRank, randomNumbers } from './random.ts';
import { passages, remarks } from './texts.ts';

export const sizes = {
  small: { readers: 0, days: 7, posts: 130, follows: 180, likes: 420, comments: 90 },
  medium: { readers: 176, days: 21, posts: 1_200, follows: 2_400, likes: 6_000, comments: 1_000 },
  large: { readers: 1_976, days: 60, posts: 10_000, follows: 30_000, likes: 60_000, comments: 8_000 },
} as const;

export type Size = keyof typeof sizes;

export type SeedEvent =
  | {
      readonly kind: 'post';
      readonly actor: string;
      readonly post: number;
      readonly body: string;
      readonly visibility: 'PUBLIC' | 'FOLLOWERS';
    }
  | { readonly kind: 'follow'; readonly actor: string; readonly target: string }
  | { readonly kind: 'like'; readonly actor: string; readonly post: number }
  | { readonly kind: 'comment'; readonly actor: string; readonly post: number; readonly body: string };

/** What happens at one moment, in no particular order. */
export interface Slot {
  /** Days before the end of the plan. */
  readonly daysBefore: number;
  readonly events: readonly SeedEvent[];
}

export interface SeedPlan {
  readonly people: readonly Person[];
  readonly slots: readonly Slot[];
}

const SLOTS_PER_DAY = 2;

/**
 * What everybody does, oldest first; the same for the same size. Followers, likes and comments are skewed: few are followed by
 * many, few posts are liked by many. Posts come before what is said about them.
 */
export function seedPlan(size: Size): SeedPlan {
  const { readers, days, posts, follows, likes, comments } = sizes[size];
  const next = randomNumbers(20_260_101);
  const everyone = [...people, ...Array.from({ length: readers }, (_, index) => reader(index))];
  const slots = days * SLOTS_PER_DAY;
  const events: SeedEvent[][] = Array.from({ length: slots }, () => []);
  const anyone = (): string => everyone[Math.floor(next() * everyone.length)]?.key ?? '';
  const slotAfter = (slot: number): number => Math.min(slots - 1, slot + 1 + Math.floor(next() * 4));

  // Follows first: a post for followers has some from the beginning.
  const followed = new Set<string>();
  while (followed.size < follows) {
    const actor = anyone();
    const target = everyone[popularRank(everyone.length, next)]?.key ?? '';
    if (actor === target || followed.has(`${actor}>${target}`)) continue;
    followed.add(`${actor}>${target}`);
    events[Math.floor(next() * Math.min(4, slots))]?.push({ kind: 'follow', actor, target });
  }

  // Everyone writes: the authors their own passages in turn, later also what they quote.
  const postSlots = Array.from({ length: posts }, () => Math.floor(next() * (slots - 1))).sort((a, b) => a - b);
  const restricted = new Set<number>();
  const authors = postSlots.map((slot, post) => {
    const passage = passages[post % passages.length];
    if (!passage) throw new Error('there are passages');
    const first = post < passages.length;
    const actor = first ? passage.author : anyone();
    const quoted = first || actor === passage.author ? passage.text : `${passage.text}\n— ${passage.work}`;
    const body = [quoted, ...passage.tags.map((tag) => `#${tag}`)].join(passage.tags.length > 0 ? '\n' : '');
    const visibility = next() < 0.06 ? 'FOLLOWERS' : 'PUBLIC';
    if (visibility === 'FOLLOWERS') restricted.add(post);
    events[slot]?.push({ kind: 'post', actor, post, body, visibility });
    return actor;
  });

  const liked = new Set<string>();
  while (liked.size < likes) {
    const actor = anyone();
    const post = popularPost(posts, next);
    // Whoever may not read a post is refused; the seed shows what works.
    if (restricted.has(post) || authors[post] === actor || liked.has(`${actor}>${post}`)) continue;
    liked.add(`${actor}>${post}`);
    events[slotAfter(postSlots[post] ?? 0)]?.push({ kind: 'like', actor, post });
  }
  for (let count = 0; count < comments; count++) {
    const actor = everyone[Math.floor(next() * everyone.length)];
    const post = popularPost(posts, next);
    if (restricted.has(post)) continue;
    const choices = remarks[actor?.language ?? 'EN'];
    const body = choices[Math.floor(next() * choices.length)] ?? choices[0];
    events[slotAfter(postSlots[post] ?? 0)]?.push({ kind: 'comment', actor: actor?.key ?? '', post, body });
  }
  return {
    people: everyone,
    slots: events.map((slotEvents, slot) => ({ daysBefore: (slots - slot) / SLOTS_PER_DAY, events: slotEvents })),
  };
}

/** Popularity has nothing to do with age: ranks are scattered over the posts by a step that is prime to their number. */
function popularPost(posts: number, next: () => number): number {
  return (popularRank(posts, next) * 7_919) % posts;
}

function reader(index: number): Person {
  const number = String(index + 1).padStart(4, '0');
  const language = index % 2 === 0 ? 'JA' : 'EN';
  const displayName = language === 'JA' ? `読者 ${index + 1}` : `Reader ${index + 1}`;
  return { key: `reader${number}`, handle: `reader${number}`, displayName, bio: '', language };
}

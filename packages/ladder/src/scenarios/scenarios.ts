import { jump, steady, times } from '../traffic/shape.ts';
import type { System } from '../models/system.ts';
import { type Alteration, type Scenario, tablesReady } from './scenario.ts';

const pushToAll: Alteration = {
  name: 'every post pushed to every follower',
  alter: (system) => ({ ...system, fanOut: { ...system.fanOut, threshold: Infinity } }),
};

const mergedAtRead: Alteration = {
  name: 'celebrities merged at read (decision 0017, on at every rung)',
  alter: (system) => ({ ...system, fanOut: { ...system.fanOut, threshold: 10_000 } }),
};

const withoutSchedule: Alteration = {
  name: 'autoscaling without the schedule',
  alter: (system) => eachProvisioned(system, (one) => ({ ...one, scheduledMinimum: one.minimum })),
};

const plannedFor: Alteration = {
  name: 'a schedule of six times the minimum for the hour that is known',
  alter: (system) =>
    eachProvisioned(system, (one) => ({ ...one, scheduledMinimum: Math.min(one.maximum, one.minimum * 6) })),
};

type Provisioned = NonNullable<System['stores'] extends ReadonlyMap<string, infer S> ? S : never>;

function eachProvisioned(
  system: System,
  change: (one: { minimum: number; scheduledMinimum: number; maximum: number; target: number }) => {
    minimum: number;
    scheduledMinimum: number;
    maximum: number;
    target: number;
  },
): System {
  const stores = new Map<string, Provisioned>(
    [...system.stores].map(([name, store]) => [
      name,
      store.provisioned === null
        ? store
        : {
            ...store,
            provisioned: { reads: change(store.provisioned.reads), writes: change(store.provisioned.writes) },
          },
    ]),
  );
  return { ...system, stores };
}

const moreTokens: Alteration = {
  name: 'a quota of 60,000 tokens, which AWS raises for who asks',
  alter: (system) => ({ ...system, tokens: 60_000 }),
};

export const scenarios: readonly Scenario[] = [
  {
    name: 'hot-item',
    story: 'Ten million users at three times the average, and everybody reads the same posts.',
    rung: 'users++',
    given: tablesReady,
    load: { users: 10_000_000, seconds: 60, shape: times(3) },
    expected: 'key users reads',
    answer: { rung: 'users+++' },
  },
  {
    name: 'celebrity',
    story: 'An account with five million followers posts, and the post is pushed to each of them.',
    rung: 'users+++',
    given: pushToAll,
    load: { users: 1_000_000, seconds: 60, shape: steady, celebrityPost: { at: 10, followers: 5_000_000 } },
    expected: 'queue fanOut',
    answer: mergedAtRead,
  },
  {
    name: 'rush',
    story:
      'A million and a half users; at nine something begins, and there are six times as many reads within a second.',
    rung: 'users++++',
    given: withoutSchedule,
    load: { users: 1_500_000, warmUp: 900, seconds: 600, shape: jump(900, 6), hour: 8.75 },
    expected: 'table users writes',
    answer: plannedFor,
  },
  {
    name: 'stampede',
    story: 'The cache is emptied while a million users read: what it answered comes back to the tables at once.',
    rung: 'users+++',
    load: { users: 1_000_000, seconds: 90, shape: steady, flushAt: 60 },
    // A quarter of the reads of posts is answered by the cache, and an on-demand table is ready for four times as many.
    expected: null,
    answer: null,
  },
  {
    name: 'tokens',
    story: 'Ten million users, each of whose reads is an operation of its own.',
    rung: 'users+++',
    given: tablesReady,
    load: { users: 10_000_000, seconds: 30, shape: steady, reading: 'literal' },
    expected: 'tokens',
    answer: moreTokens,
  },
  {
    name: 'like-storm',
    story: 'Two thousand people a second like one post.',
    rung: 'users+++',
    given: tablesReady,
    load: { users: 1_000_000, seconds: 60, shape: steady, stormOfLikes: 2_000 },
    expected: 'key edges.bySubject writes',
    answer: null,
  },
];

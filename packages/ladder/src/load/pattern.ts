import { businessHours, type Shape, steady } from '../traffic/shape.ts';

/** What many do at once with one thing. */
export interface Rush {
  readonly operation: string;
  /** Operations a second, by the second of the run. */
  readonly perSecond: (second: number) => number;
}

/** How a load differs from one that is even and spread. */
export interface Pattern {
  readonly story: string;
  /** What the average is multiplied with. */
  readonly shape: Shape;
  /** All of it is of the most popular post, or its author. */
  readonly rushes: readonly Rush[];
  /** Whether the run is preceded by some seconds that are not measured, in which caches fill. */
  readonly warm: boolean;
}

/** Of a run of so many seconds, at so many operations a second. */
export type PatternOf = (run: { readonly seconds: number; readonly operationsPerSecond: number }) => Pattern;

const even = { shape: steady, rushes: [], warm: true };
const HOURS = 24;
/** A flash crowd is all there within so long. */
const CROWD_SECONDS = 5;

export const patternNames = [
  'steady',
  'business-hours',
  'flash-crowd',
  'like-storm',
  'cold-cache',
  'celebrity',
] as const;
export type PatternName = (typeof patternNames)[number];

export const patterns: Readonly<Record<PatternName, PatternOf>> = {
  steady: () => ({ ...even, story: 'the same load in every second' }),
  'business-hours': ({ seconds }) => {
    const day = businessHours(0);
    return {
      ...even,
      story: 'a weekday of people in one time zone, in as many seconds as the run has',
      shape: (second) => day((second * HOURS * 3_600) / seconds),
    };
  },
  'flash-crowd': ({ seconds, operationsPerSecond }) => ({
    ...even,
    story: 'from a third of the run on, a crowd that comes within five seconds and reads one post',
    rushes: [
      {
        operation: 'PublicPost',
        perSecond: (second) =>
          operationsPerSecond * 2 * Math.min(1, Math.max(0, (second + 1 - Math.floor(seconds / 3)) / CROWD_SECONDS)),
      },
    ],
  }),
  'like-storm': ({ seconds, operationsPerSecond }) => ({
    ...even,
    story: 'from a third of the run on, as many likes of one post as there are other operations',
    rushes: [
      { operation: 'LikePost', perSecond: (second) => (second >= Math.floor(seconds / 3) ? operationsPerSecond : 0) },
    ],
  }),
  'cold-cache': () => ({ ...even, story: 'from the first request on, nothing is in any cache', warm: false }),
  celebrity: () => ({
    ...even,
    story: 'the one whom all follow posts in every second',
    rushes: [{ operation: 'CreatePost', perSecond: () => 1 }],
  }),
};

export const isPattern = (name: string): name is PatternName => (patternNames as readonly string[]).includes(name);

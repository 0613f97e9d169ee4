import { value } from '../constants.ts';
import type { Uniform } from '../traffic/random.ts';
import type { System } from './system.ts';

/** The queue of posts that are to be brought to timelines. */
export interface FanOut {
  publish(followers: number): void;
  /** Ends a second: timelines written, and seconds until what waits is done. */
  settle(): { readonly written: number; readonly lagSeconds: number };
}

export function fanOut({ threshold, writesPerSecond }: System['fanOut']): FanOut {
  let waiting = 0;
  return {
    // From the threshold on, one digest is written, and readers merge it.
    publish: (followers) => void (waiting += followers >= threshold ? 1 : followers),
    settle() {
      const written = Math.min(waiting, writesPerSecond);
      waiting -= written;
      return { written, lagSeconds: waiting / writesPerSecond };
    },
  };
}

/** Followers of an author, by a power law that is cut at the largest account. */
export function followersOf(random: Uniform): number {
  const followers = Math.floor((1 - random()) ** (-1 / (value('followersExponent') - 1)) * SMALLEST);
  return Math.min(followers, value('mostFollowers'));
}

/** With it the mean is about a hundred. */
const SMALLEST = 10;

import { setTimeout } from 'node:timers/promises';

/**
 * Lets through so many writes a second: the share of one worker in what the timelines may take (`fanOut` in
 * infra/functions.ts). Whoever comes while there is room is not held up.
 */
export function pacer(writesPerSecond: number): (writes: number) => Promise<void> {
  let free = 0;
  return async (writes) => {
    const now = performance.now();
    const start = Math.max(now, free);
    free = start + (writes / writesPerSecond) * 1_000;
    if (start > now) await setTimeout(start - now);
  };
}

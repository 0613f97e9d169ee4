import { setTimeout } from 'node:timers/promises';

/** Tries of a write that collides with others, the first included. */
export const MAX_ATTEMPTS = 5;

const FIRST_PAUSE_MILLISECONDS = 25;

/** Before another attempt: up to 25, 50, 100, 200 milliseconds, at random, so that rivals do not meet again. */
export async function pauseAfter(attempt: number): Promise<void> {
  await setTimeout(Math.random() * FIRST_PAUSE_MILLISECONDS * 2 ** (attempt - 1));
}

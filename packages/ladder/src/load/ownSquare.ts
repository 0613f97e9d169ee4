import { type Child, startChild } from '../../../../measure/child.ts';
import { discover } from './discover.ts';
import { HASHTAG } from './population.ts';
import type { Start, Started } from './ownSystem.ts';
import type { Square } from './square.ts';

export interface OwnSquare {
  readonly square: Square;
  /** Epoch milliseconds by the system's clock, at `performance.now()` of this process. */
  readonly clock: () => number;
  readonly child: Child;
}

/** Starts a system in a process of its own. Whoever calls ends the child. */
export async function startOwnSquare(child: Child, start: Start, seed: string): Promise<OwnSquare> {
  const { endpoint, apiKey, tokens, now } = await child.order<Started>('start', start);
  const since = performance.now();
  // Looking up a name is not what is measured.
  const address = endpoint.replace('localhost', '127.0.0.1');
  const square = await discover({ endpoint: address, apiKey, hashtag: HASHTAG }, tokens, seed);
  return { square, clock: () => now + performance.now() - since, child };
}

export const ownSystem = (): Child => startChild(new URL('./ownSystem.ts', import.meta.url));

import { flowsOf, type Reading } from '../../../../infra/bill/traffic.ts';
import { load, MONTH_SECONDS } from '../../../../infra/bill/arithmetic.ts';
import { readMeasured } from '../../../../infra/bill/measured.ts';
import { value } from '../constants.ts';
import { poisson, uniform } from '../traffic/random.ts';
import { zipf } from '../traffic/zipf.ts';
import type { Pattern } from './pattern.ts';
import { isSent } from './requests.ts';

/** One operation that somebody sends. What it is about are ranks, the most popular first: whose ids these are, a square says. */
export interface Arrival {
  /** Milliseconds since the run began. */
  readonly at: number;
  readonly operation: string;
  readonly post: number;
  /** Who is looked at or followed. */
  readonly person: number;
  /** Who sends it. */
  readonly actor: number;
  /** From 0; with the seed it makes an idempotency key. */
  readonly number: number;
}

export interface Traffic {
  /** Items read in an average second; a hundredth of it is written. */
  readonly reads: number;
  readonly reading: Reading;
  readonly pattern: Pattern;
  readonly seed: string;
  /** How many there are to choose from. */
  readonly posts: number;
  readonly people: number;
}

/** Operations of a kind in an average second. */
export interface Rate {
  readonly operation: string;
  readonly perSecond: number;
}

/** The mix of the bill, at that many item reads a second: without the operations that load does not send. */
export function ratesOf(reads: number, reading: Reading): readonly Rate[] {
  const users = (reads * MONTH_SECONDS) / load.readsPerUser;
  return flowsOf(users, reading, readMeasured())
    .filter(({ name }) => isSent(name))
    .map(({ name, perMonth }) => ({ operation: name, perSecond: perMonth / MONTH_SECONDS }));
}

/** What arrives in each second, in order. The same for the same traffic; without an end. */
export function* arrivals({ reads, reading, pattern, seed, posts, people }: Traffic): Generator<readonly Arrival[]> {
  const random = uniform(seed);
  const rates = ratesOf(reads, reading);
  const [ofPosts, ofPeople] = [zipf(posts, value('zipf')), zipf(people, value('zipf'))];
  let number = 0;
  for (let second = 0; ; second += 1) {
    const drawn: Omit<Arrival, 'number'>[] = [];
    const draw = (operation: string, perSecond: number, hottest: boolean): void => {
      for (let count = poisson(perSecond, random); count > 0; count -= 1)
        drawn.push({
          at: 1_000 * (second + random()),
          operation,
          post: hottest ? 0 : ofPosts.draw(random),
          person: hottest ? 0 : ofPeople.draw(random),
          actor: hottest && operation === 'CreatePost' ? 0 : Math.floor(random() * people),
        });
    };
    for (const { operation, perSecond } of rates) draw(operation, perSecond * pattern.shape(second), false);
    for (const { operation, perSecond } of pattern.rushes) draw(operation, perSecond(second), true);
    yield drawn.sort((a, b) => a.at - b.at).map((arrival) => ({ ...arrival, number: number++ }));
  }
}

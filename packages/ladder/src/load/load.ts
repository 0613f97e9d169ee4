import { createHash } from 'node:crypto';
import { mix } from '../../../../infra/bill/assumptions.ts';
import { rungs, type RungName } from '../../../../infra/rungs.ts';
import type { Reading } from '../../../../infra/bill/traffic.ts';
import { type CpuProfile, type SelfTimes, selfTimes } from '../../../../measure/selfTimes.ts';
import type { Child } from '../../../../measure/child.ts';
import { arrivals, ratesOf, type Arrival } from './arrivals.ts';
import { ownSystem, startOwnSquare } from './ownSquare.ts';
import { type PatternName, patterns } from './pattern.ts';
import { type OperationProfile, resolverTimes } from './resolverTimes.ts';
import { findRunningSquare, type Running } from './runningSquare.ts';
import { send } from './send.ts';
import type { Square } from './square.ts';
import { startTally, type Tally } from './tally.ts';
import type { Used } from './units.ts';

export interface LoadOptions {
  readonly pattern: PatternName;
  /** Items read in an average second; a hundredth of it is written. */
  readonly reads: number;
  readonly seconds: number;
  readonly warmUp: number;
  readonly reading: Reading;
  readonly seed: string;
  readonly pace: 'due' | 'most';
  readonly connections: number;
  readonly profile: boolean;
  /** `null`: a system of its own. */
  readonly running: Running | null;
  /** Of its own system. */
  readonly rung: RungName;
  readonly throttle: boolean;
}

export interface LoadReport {
  readonly options: LoadOptions;
  readonly story: string;
  readonly endpoint: string;
  /** SHA-256 of what was to be sent, which the seed decides alone. */
  readonly traffic: string;
  readonly posts: number;
  readonly people: number;
  /** Seconds that the run took, with the last answers. */
  readonly took: number;
  readonly skipped: number;
  readonly tally: Tally;
  /** Items read and writes made in a second, in the mean, without those that failed. */
  readonly itemReads: number;
  readonly writes: number;
  /** Of its own system; `null` elsewhere. */
  readonly used: Used | null;
  /** Ids by the rank of the post that they are of, for the names of keys. */
  readonly ranks: readonly string[];
  /** Of a processor, 1 is all of one: by the system (its own one, all threads) and by the load. */
  readonly processor: { readonly system: number | null; readonly load: number };
  readonly operations: readonly OperationProfile[];
  readonly cpu: SelfTimes | null;
}

/** An operation that reads a page reads that many items. */
const PAGE = 20;

/** Sends the load and says what came of it. `progress`: a line for whoever waits. */
export async function load(options: LoadOptions, progress: (line: string) => void): Promise<LoadReport> {
  if (options.running) {
    progress(`looking what is at ${options.running.endpoint} ...`);
    const square = await findRunningSquare(options.running, options.seed);
    return run(options, { square, clock: () => Date.now(), child: null }, progress);
  }
  const child = ownSystem();
  try {
    progress(`starting the system of "${rungs[options.rung].title}" in memory, with people and posts ...`);
    const { square, clock } = await startOwnSquare(child, options, options.seed);
    return await run(options, { square, clock, child }, progress);
  } finally {
    await child.end();
  }
}

interface Field {
  readonly square: Square;
  readonly clock: () => number;
  readonly child: Child | null;
}

async function run(options: LoadOptions, field: Field, progress: (line: string) => void): Promise<LoadReport> {
  const { square, clock, child } = field;
  const { seconds, reads, reading, seed, pace, connections } = options;
  const rates = ratesOf(reads, reading);
  const operationsPerSecond = rates.reduce((sum, { perSecond }) => sum + perSecond, 0);
  const pattern = patterns[options.pattern]({ seconds, operationsPerSecond });
  const traffic = { reads, reading, seed, posts: square.posts.length, people: square.people.length };
  const first = reading === 'page' ? PAGE : 1;
  const shared = { square, first, clock, connections };
  const warmUp = pattern.warm ? options.warmUp : 0;
  if (warmUp > 0) {
    progress(`${warmUp} s to warm up ...`);
    const even = { ...pattern, shape: () => 1, rushes: [] };
    const before = arrivals({ ...traffic, pattern: even, seed: `${seed} warm-up` });
    const nothing = { tally: null, times: null, onSecond: () => undefined };
    await send({ ...shared, ...nothing, seed: `${seed} warm-up`, arrivals: before, seconds: warmUp, pace });
  }
  progress(`${options.pattern}: ${pattern.story}`);
  const tally = startTally();
  const times = options.profile ? resolverTimes() : null;
  const digest = createHash('sha256');
  await child?.order('begin');
  if (options.profile) await child?.order('profile');
  const [systemBefore, loadBefore] = [await child?.processorTime(), process.cpuUsage()];
  const sent = await send({
    ...shared,
    seed,
    arrivals: noted(arrivals({ ...traffic, pattern }), (batch) => digest.update(JSON.stringify(batch))),
    seconds,
    tally,
    times,
    pace,
    onSecond: (second) => progress(`${second + 1} of ${seconds} s, ${tally.count().toLocaleString('en-US')} answers`),
  });
  const { user, system } = process.cpuUsage(loadBefore);
  const systemTime = child && systemBefore !== undefined ? (await child.processorTime()) - systemBefore : null;
  const cpu = options.profile && child ? selfTimes(await child.order<CpuProfile>('profiled')) : null;
  if (child) progress('waiting for what follows from what was written ...');
  const used = (await child?.order<Used>('used')) ?? null;
  const result = tally.result();
  const took = sent.milliseconds / 1_000;
  return {
    options,
    story: pattern.story,
    endpoint: square.endpoint,
    traffic: digest.digest('hex'),
    posts: square.posts.length,
    people: square.people.length,
    took,
    skipped: sent.skipped,
    tally: result,
    ...perSecond(result, first, took),
    used,
    ranks: square.posts,
    processor: {
      system: systemTime === null ? null : systemTime / sent.milliseconds,
      load: (user + system) / 1_000 / sent.milliseconds,
    },
    operations: times?.result() ?? [],
    cpu,
  };
}

const isWrite = (operation: string): boolean => Object.hasOwn(mix.writes, operation);

function perSecond(tally: Tally, first: number, took: number): { readonly itemReads: number; readonly writes: number } {
  const worked = (wanted: boolean): number =>
    tally.operations
      .filter(({ operation }) => isWrite(operation) === wanted)
      .reduce((sum, { count, failed }) => sum + count - failed, 0);
  return { itemReads: (worked(false) * first) / took, writes: worked(true) / took };
}

/** The same, seen by another as they go. */
function* noted(
  batches: Iterable<readonly Arrival[]>,
  note: (batch: readonly Arrival[]) => void,
): Generator<readonly Arrival[]> {
  for (const batch of batches) {
    note(batch);
    yield batch;
  }
}

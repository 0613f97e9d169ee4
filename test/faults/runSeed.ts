import type { FaultCounts, FaultOptions, Grant } from '@hiroba/local';
import { randomNumbers } from '../../seed/random.ts';
import { departures, leave } from './departure.ts';
import { type FaultySystem, openFaultySystem } from './faultySystem.ts';
import { play } from './history.ts';
import { digests, exports, feeds, goneFromTheTable, ownPages, postLists, type Seen } from './invariants.ts';
import { type Member, type Model, newModel } from './model.ts';
import { makeMembers, signInAgain, subscribe } from './people.ts';
import { photos } from './photos.ts';
import { queuesAtRest, sendPoison } from './queues.ts';
import { digestMails, notifications, welcomes } from './told.ts';

const NAMES = ['ada', 'ben', 'chie', 'dora', 'emi', 'fumio'];
const HOUR = 3_600_000;
/** As long as what failed may take: nine minutes between eight deliveries of a mail. */
const UNTIL_ALL_IS_TRIED = 3 * HOUR;
/** Over a morning in Tokyo and a night in UTC. */
const NIGHT = 24 * HOUR;
/** The first run of the archive that takes the posts; the table forgets them a day later. */
const ARCHIVE_RUN = Date.UTC(2027, 2, 3, 3);
const SUBSCRIBERS = 3;

/** Each strikes some, and none so often that a message or a record is given up for it. */
const RATES: FaultOptions['rates'] = {
  streamCut: 0.3,
  streamDelayed: 0.3,
  streamRedelivered: 0.3,
  queueDuplicated: 0.3,
  queueDelayed: 0.3,
  dynamodbThrottled: 0.05,
  dynamodbConflict: 0.05,
  sesThrottled: 0.1,
  s3SlowDown: 0.1,
  workerKilled: 0.06,
  notificationDuplicated: 0.3,
};

type Invariants = Readonly<Record<string, (seen: Seen) => Promise<string[]>>>;

const AT_REST: Invariants = {
  'lists and counters': ownPages,
  digests,
  feeds,
  notifications,
  welcomes,
  photos,
  exports,
  departures,
  queues: queuesAtRest,
};

/** Counters are recounted at night, and digests come in the morning. */
const AFTER_THE_NIGHT: Invariants = {
  'lists and counters in the morning': ownPages,
  'notifications in the morning': notifications,
  'digests by mail': digestMails,
};

const IN_THE_ARCHIVE: Invariants = {
  'lists from the archive': postLists,
  archive: goneFromTheTable,
};

export interface Outcome {
  readonly seed: number;
  /** What does not hold, each as `invariant: what`. */
  readonly violations: readonly string[];
  readonly faults: FaultCounts;
  /** How many of each the history has. */
  readonly made: { readonly posts: number; readonly photos: number; readonly exports: number };
  readonly permissions: readonly Grant[];
  /** What repeats it. */
  readonly replay: string;
}

/**
 * Plays the history of a seed on the backend with the faults of the seed, lets everything come to rest, and looks.
 * @param terraform the folder that `writeTerraform` made.
 */
export async function runSeed(terraform: string, seed: number): Promise<Outcome> {
  const system = await openFaultySystem(terraform, { seed: String(seed), rates: RATES, most: 2, shards: 3 });
  try {
    const [model, next] = [newModel(), randomNumbers(seed)];
    const members = await makeMembers(system, NAMES);
    for (const member of members.slice(0, SUBSCRIBERS)) await subscribe(system, model, member);
    await sendPoison(system);
    const { local } = system;
    const violations = await restless(async () => {
      await play({ system, model, members, next });
      await leave(system, model, members.at(-1)!);
      await local.travel(local.clock.now() + UNTIL_ALL_IS_TRIED);
    });
    violations.push(...(await look({ system, model, members }, AT_REST)));
    violations.push(...(await restless(() => local.travel(local.clock.now() + NIGHT))));
    violations.push(...(await look({ system, model, members }, AFTER_THE_NIGHT)));
    // The mornings in between would be the same.
    local.clock.set(ARCHIVE_RUN - HOUR);
    violations.push(...(await restless(() => local.travel(ARCHIVE_RUN + 2 * NIGHT))));
    violations.push(...(await look({ system, model, members }, IN_THE_ARCHIVE)));
    const replay = `npm run test:faults -- --from ${seed} --seeds 1`;
    const made = { posts: model.posts.length, photos: model.photos.length, exports: model.exports.size };
    return { seed, violations, faults: local.faults.counts(), made, permissions: local.permissions(), replay };
  } finally {
    await system.close();
  }
}

interface Story {
  readonly system: FaultySystem;
  readonly model: Model;
  readonly members: readonly Member[];
}

async function look({ system, model, members }: Story, invariants: Invariants): Promise<string[]> {
  const [left, there] = [true, false].map((has) => members.filter(({ name }) => model.left.has(name) === has));
  const seen = { system, model, members: await signInAgain(system, there ?? []), left: left ?? [] };
  const found: string[] = [];
  for (const [name, invariant] of Object.entries(invariants)) {
    found.push(...(await invariant(seen)).map((line) => `${name}: ${line}`));
  }
  return found;
}

/** What is tried for ever keeps the clock from going on, which is told by that error. */
async function restless(act: () => Promise<unknown>): Promise<string[]> {
  try {
    await act();
    return [];
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'RequestTimeoutException') throw error;
    return [`rest: ${error.message}`];
  }
}

import { value } from '../constants.ts';
import { fieldCache, type FieldCache } from '../models/cache.ts';
import { capacityOf } from '../models/capacity.ts';
import { fanOut, followersOf } from '../models/fanOut.ts';
import { hotKeys } from '../models/hotKeys.ts';
import type { System } from '../models/system.ts';
import type { Reading } from '../../../../infra/bill/traffic.ts';
import { poisson, uniform } from '../traffic/random.ts';
import type { Shape } from '../traffic/shape.ts';
import { zipf } from '../traffic/zipf.ts';
import { createMeters, type ResourceUse } from './meters.ts';
import { type Vector, vectorsOf } from './vectors.ts';

export interface Run {
  readonly system: System;
  readonly users: number;
  readonly seconds: number;
  readonly shape: Shape;
  /** Whether one of the "100G reads" is an item of a page or an operation. Default `page`. */
  readonly reading?: Reading;
  readonly seed: string;
  /** So many seconds at the beginning are played and not recorded: autoscaling and caches are as they are in the middle of a day. */
  readonly warmUp?: number;
  /** The hour of the day at which it begins: schedules follow it. */
  readonly hour?: number;
  /** At this second AppSync's cache is empty. */
  readonly flushAt?: number;
  /** Likes a second of the most popular post, beside the others. */
  readonly stormOfLikes?: number;
  /** At this second an account with so many followers posts. */
  readonly celebrityPost?: { readonly at: number; readonly followers: number };
  readonly onSecond?: (second: number) => void;
}

export interface Outcome {
  readonly operations: number;
  readonly itemReads: number;
  readonly writes: number;
  /** Operations that the CDN answered. */
  readonly edgeHits: number;
  readonly cacheHits: number;
  readonly cacheMisses: number;
  /** What was used of everything that has a limit, the closest to it first. */
  readonly resources: readonly ResourceUse[];
}

const BUSY_FROM = 8.5;
const BUSY_TO = 19;

/** Replays what operations were measured to use, second by second. The same seed gives the same outcome. */
export function simulate(run: Run): Outcome {
  const { system, seconds, shape, flushAt, onSecond } = run;
  const random = uniform(run.seed);
  const posts = zipf(value('posts'), value('zipf'));
  const vectors = vectorsOf(run.users, run.reading ?? 'page');
  const caches = cachesOf(system, vectors);
  const edge = new Map([...system.kept].map(([name, seconds]) => [name, fieldCache(value('posts'), seconds)]));
  let meters = createMeters();
  const capacities = storeCapacities(system, run.hour ?? 0);
  const timelines = fanOut(system.fanOut);
  const limits = { reads: value('partitionReads'), writes: value('partitionWrites') };
  const tallies = new Map<string, { units: number; keys: ReturnType<typeof hotKeys> | null; limit: number }>();
  const counters = new Map<string, Set<number>>();
  const totals = { operations: 0, itemReads: 0, writes: 0, edgeHits: 0, cacheHits: 0, cacheMisses: 0 };

  const tally = (store: string, direction: 'reads' | 'writes', isKeyed: boolean) => {
    const name = `${store} ${direction}`;
    let found = tallies.get(name);
    if (!found) tallies.set(name, (found = { units: 0, keys: null, limit: limits[direction] }));
    if (isKeyed) found.keys ??= hotKeys(limits[direction]);
    return found;
  };
  const drawn = new Uint32Array(64);

  /** Whether the operation gets past the CDN. */
  const perform = (vector: Vector, second: number): boolean => {
    for (let index = 0; index < vector.posts; index += 1) drawn[index] = posts.draw(random);
    if (edge.get(vector.name)?.hit(pageOf(vector, drawn[0] as number), second)) {
      totals.edgeHits += 1;
      return false;
    }
    for (const ask of vector.asks) {
      const keyed = ask.key === 'post' || ask.key === 'author';
      const cache = ask.reads > 0 ? caches.get(ask.field) : undefined;
      if (!keyed && !cache) {
        spread(ask, ask.runs);
        continue;
      }
      for (let index = 0; index < ask.runs; index += 1) {
        const post = drawn[index % vector.posts] as number;
        const key = ask.key === 'author' ? Math.floor(post / value('postsPerAuthor')) : post;
        if (cache?.hit(key, second)) {
          totals.cacheHits += 1;
          continue;
        }
        if (cache) totals.cacheMisses += 1;
        add(ask, key);
      }
    }
    return true;
  };
  const add = (ask: Vector['asks'][number], key: number): void => {
    for (const direction of ['reads', 'writes'] as const) {
      if (ask[direction] === 0) continue;
      const found = tally(ask.store, direction, true);
      found.units += ask[direction];
      found.keys?.add(key, ask[direction]);
    }
  };
  const spread = (ask: Vector['asks'][number], runs: number): void => {
    for (const direction of ['reads', 'writes'] as const)
      if (ask[direction] > 0) tally(ask.store, direction, false).units += ask[direction] * runs;
  };

  const { warmUp = 0 } = run;
  for (let second = 0; second < warmUp + seconds; second += 1) {
    if (second === warmUp) {
      meters = createMeters();
      Object.assign(totals, { operations: 0, itemReads: 0, writes: 0, edgeHits: 0, cacheHits: 0, cacheMisses: 0 });
    }
    if (second === flushAt) for (const cache of caches.values()) cache.flush();
    let operations = 0;
    let invocations = 0;
    for (const vector of vectors) {
      const count = poisson(vector.perSecond * shape(second), random);
      totals.operations += count;
      invocations += count * vector.invocations;
      for (let index = 0; index < count; index += 1) {
        if (perform(vector, second)) operations += 1;
        if (vector.publishes) timelines.publish(followersOf(random));
      }
      if (vector.asks.some(({ writes }) => writes > 0)) totals.writes += count;
      else totals.itemReads += count * (run.reading === 'literal' ? 1 : PAGE);
    }
    if (run.stormOfLikes) storm(run.stormOfLikes, second);
    if (run.celebrityPost?.at === second) timelines.publish(run.celebrityPost.followers);
    settle(second, second - warmUp, operations, invocations);
    onSecond?.(second);
  }
  return { ...totals, resources: meters.uses() };

  function storm(likes: number, second: number): void {
    const like = vectors.find(({ name }) => name === 'LikePost');
    if (!like) throw new Error('LikePost is not in the mix');
    drawn[0] = 0;
    for (let index = 0; index < poisson(likes, random); index += 1)
      for (const ask of like.asks) {
        if (ask.key === 'post' && ask.writes > 0) add(ask, 0);
        else if (ask.key === 'counter')
          (counters.get(ask.store) ?? counters.set(ask.store, new Set()).get(ask.store))?.add(0);
        else if (ask.writes > 0 || !caches.get(ask.field)?.hit(0, second)) spread(ask, ask.runs);
      }
  }

  /** @param at the second that is recorded. */
  function settle(second: number, at: number, operations: number, invocations: number): void {
    const { written, lagSeconds } = timelines.settle();
    tally('timelines', 'writes', false).units += written;
    for (const [name, found] of tallies) {
      const [store = '', direction = 'reads'] = name.split(' ') as [string, 'reads' | 'writes'];
      const capacity = capacities(store, direction);
      const ready = capacity.ready();
      meters.record(`table ${name}`, {
        second: at,
        used: found.units,
        limit: ready,
        throttled: capacity.take(found.units, second),
      });
      found.units = 0;
      if (!found.keys) continue;
      const { most, rank, throttled } = found.keys.settle();
      meters.record(`key ${name}`, {
        second: at,
        used: most,
        limit: found.limit,
        throttled,
        note: `of the ${ordinal(rank)}`,
      });
    }
    const tokens = operations * value('tokensPerOperation');
    meters.record('tokens', {
      second: at,
      used: tokens,
      limit: system.tokens,
      throttled: Math.max(0, tokens - system.tokens),
    });
    const atOnce = invocations * value('functionSeconds');
    meters.record('functions', {
      second: at,
      used: atOnce,
      limit: value('functionConcurrency'),
      throttled: Math.max(0, atOnce - value('functionConcurrency')),
    });
    // A minute late is what the service promises of timelines.
    meters.record('queue fanOut', {
      second: at,
      used: lagSeconds,
      limit: TIMELINE_SECONDS,
      throttled: lagSeconds > TIMELINE_SECONDS ? written : 0,
      note: `${Math.round(lagSeconds)} s behind`,
    });
  }
}

/** What a public answer is about: a post or an author has one of its own, the front page is the same for all. */
function pageOf({ name }: Vector, post: number): number {
  if (name === 'Trending') return 0;
  return BY_POST.has(name) ? post : Math.floor(post / value('postsPerAuthor'));
}
const BY_POST = new Set(['PublicPost', 'PostLikers']);

const PAGE = 20;
const TIMELINE_SECONDS = 60;
const ordinal = (rank: number): string => (rank === 0 ? 'most popular' : `${rank + 1}. most popular`);

function cachesOf(system: System, vectors: readonly Vector[]): ReadonlyMap<string, FieldCache> {
  const fields = new Set(vectors.flatMap(({ asks }) => asks.map(({ field }) => field)));
  return new Map(
    [...system.cached]
      .filter(([field]) => fields.has(field))
      .map(([field, ttl]) => [field, fieldCache(value('posts'), ttl)]),
  );
}

function storeCapacities({ stores }: System, hour: number) {
  const known = new Map<string, ReturnType<typeof capacityOf>>();
  const isBusy = (second: number): boolean => {
    const now = (hour + second / 3_600) % 24;
    return now >= BUSY_FROM && now < BUSY_TO;
  };
  return (name: string, direction: 'reads' | 'writes') => {
    const key = `${name} ${direction}`;
    const found = known.get(key);
    if (found) return found;
    const store = stores.get(name);
    if (!store) throw new Error(`the Terraform has no ${name}`);
    const capacity = capacityOf(store, direction, isBusy);
    known.set(key, capacity);
    return capacity;
  };
}

import { readFileSync } from 'node:fs';
import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import { stripIgnoredCharacters } from 'graphql';
import { Pool } from 'undici';
import { readAnswer } from './answers.ts';
import type { Arrival } from './arrivals.ts';
import { actorOf, isPublic, type RequestContext, variablesOf } from './requests.ts';
import type { ResolverTimes } from './resolverTimes.ts';
import type { Square } from './square.ts';
import type { Tallying } from './tally.ts';

export interface Sending {
  readonly square: Square;
  /** Seconds of arrivals, from the first one on. */
  readonly arrivals: Iterator<readonly Arrival[]>;
  readonly seconds: number;
  /** Items of a page. */
  readonly first: number;
  readonly seed: string;
  /** Epoch milliseconds by the system's clock. */
  readonly clock: () => number;
  /** `null`: what is sent is not counted, as in a warm-up. */
  readonly tally: Tallying | null;
  /** Every tenth request asks for a trace; `null`: none. */
  readonly times: ResolverTimes | null;
  /** `due`: each at its time. `most`: as fast as answers come. */
  readonly pace: 'due' | 'most';
  readonly connections: number;
  readonly onSecond: (second: number) => void;
}

/** What was not sent, and why. */
export interface Sent {
  /** There was nothing that the operation could be about. */
  readonly skipped: number;
  readonly milliseconds: number;
}

/** More requests than that are not under way at once: the rest waits, and is late. */
const MOST_UNDER_WAY = 2_000;
const TRACED = 10;
/** An answer that takes longer is an error. */
const PATIENCE_MILLISECONDS = 30_000;

export async function send(options: Sending): Promise<Sent> {
  const { square, arrivals, seconds, pace, connections, onSecond } = options;
  const { origin, pathname } = new URL(square.endpoint);
  const pool = new Pool(origin, {
    connections,
    headersTimeout: PATIENCE_MILLISECONDS,
    bodyTimeout: PATIENCE_MILLISECONDS,
  });
  const own: { id: string; actor: number }[] = [];
  let skipped = 0;
  const start = performance.now();

  const sendOne = async (arrival: Arrival, due: number): Promise<void> => {
    const { operation, number } = arrival;
    const context: RequestContext = {
      arrival,
      square,
      first: options.first,
      seed: options.seed,
      now: Math.floor(options.clock()),
      own,
    };
    const actor = actorOf(context);
    const variables = variablesOf(context);
    if (!variables) {
      skipped += 1;
      return;
    }
    const traced = options.times !== null && number % TRACED === 0;
    const caller: Record<string, string> = isPublic(operation)
      ? { 'x-api-key': square.apiKey }
      : { authorization: square.people[actor]?.token ?? '' };
    const ended = (errors: readonly string[]): void =>
      // A traced one takes longer than others.
      traced
        ? undefined
        : options.tally?.add({
            operation,
            second: Math.floor((due - start) / 1_000),
            milliseconds: performance.now() - due,
            errors,
          });
    try {
      const { statusCode, body } = await pool.request({
        path: pathname,
        method: 'POST',
        headers: { 'content-type': 'application/json', ...caller, ...(traced ? { 'x-hiroba-trace': '1' } : {}) },
        body: JSON.stringify({ query: queryOf(operation), variables }),
      });
      const text = await body.text();
      const { errors, madePost } = readAnswer(operation, statusCode, text);
      if (madePost) own.push({ id: madePost, actor });
      if (traced && statusCode === 200) options.times?.add(operation, text);
      ended(errors);
    } catch (error) {
      ended([(error as NodeJS.ErrnoException).code ?? String(error)]);
    }
  };

  try {
    if (pace === 'due') await sendWhenDue({ arrivals, seconds, start, sendOne, onSecond });
    else await sendMost({ arrivals, seconds, start, connections, sendOne, onSecond });
    return { skipped, milliseconds: performance.now() - start };
  } finally {
    await pool.destroy();
  }
}

interface Paced {
  readonly arrivals: Iterator<readonly Arrival[]>;
  readonly seconds: number;
  readonly start: number;
  readonly sendOne: (arrival: Arrival, due: number) => Promise<void>;
  readonly onSecond: (second: number) => void;
}

async function sendWhenDue({ arrivals, seconds, start, sendOne, onSecond }: Paced): Promise<void> {
  const underWay = new Set<Promise<void>>();
  let first = 0;
  for (let second = 0; second < seconds; second += 1) {
    const batch = arrivals.next().value as readonly Arrival[];
    // Arrivals go on counting after a warm-up.
    if (second === 0) first = Math.floor((batch[0]?.at ?? 0) / 1_000) * 1_000;
    for (const arrival of batch) {
      const due = start + arrival.at - first;
      while (performance.now() < due) await untilDue(due);
      while (underWay.size >= MOST_UNDER_WAY) await Promise.race(underWay);
      const sent = sendOne(arrival, due).finally(() => underWay.delete(sent));
      underWay.add(sent);
    }
    onSecond(second);
  }
  await Promise.all(underWay);
}

/** Timers are as fine as a millisecond; what is left is spent in letting answers in. */
async function untilDue(due: number): Promise<void> {
  const left = due - performance.now();
  if (left > 1.5) await wait(left - 1);
  else await setImmediate();
}

async function sendMost(options: Paced & { readonly connections: number }): Promise<void> {
  const { arrivals, seconds, start, connections, sendOne, onSecond } = options;
  const end = start + seconds * 1_000;
  let waiting: Arrival[] = [];
  let told = 0;
  const next = (): Arrival => {
    while (waiting.length === 0) waiting = [...(arrivals.next().value as readonly Arrival[])].reverse();
    return waiting.pop() as Arrival;
  };
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let now = performance.now(); now < end; now = performance.now()) {
        for (; told < Math.floor((now - start) / 1_000); told += 1) onSecond(told);
        await sendOne(next(), now);
      }
    }),
  );
}

const queries = new Map<string, string>();

/** The text of a persisted operation, as clients send it. */
function queryOf(operation: string): string {
  const known = queries.get(operation);
  if (known !== undefined) return known;
  const file = new URL(`../../../../schema/operations/${operation}.graphql`, import.meta.url);
  const query = stripIgnoredCharacters(readFileSync(file, 'utf8'));
  queries.set(operation, query);
  return query;
}

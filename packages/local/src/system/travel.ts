import type { Alarms } from '../alarms.ts';
import { AwsError } from '../aws/error.ts';
import type { MovableClock } from '../clock.ts';

export type JourneyState = 'MOVING' | 'ARRIVED' | 'CANCELLED' | 'FAILED';

/** A way of the clock to a later time. Times are epoch milliseconds. */
export interface Journey {
  readonly to: number;
  readonly state: JourneyState;
  /** How often the clock has stood still on the way, so that what was due could happen. */
  readonly stops: number;
  /** How often each schedule has run, by its name. */
  readonly runs: ReadonlyMap<string, number>;
  /** Why it failed. */
  readonly problem?: string;
}

export interface Traveller {
  /**
   * Moves the clock forward: it stands still at each time for which something waits, lets it happen, waits until all is
   * processed, and goes on. At the end it runs or stands still as it did before. Resolves when it has arrived, or was cancelled.
   *
   * Throws `AwsError` `ValidationException` for a time that has passed, and `ConflictException` while it moves already. Rejects
   * with `LimitExceededException` after too many stops, and with `RequestTimeoutException` where the system does not come to
   * rest; the clock then stays where it is.
   */
  travel(to: number): Promise<Journey>;
  /** Ends the journey at its next stop. */
  cancel(): void;
  /** The journey that is under way, or the last one. */
  journey(): Journey | null;
}

export interface TravellerOptions {
  readonly clock: MovableClock;
  readonly alarms: Alarms;
  /** When the next item expires in a table. */
  readonly nextExpiry: () => number | null;
  /** Deletes what has expired. */
  readonly sweep: () => void;
  /** Resolves when nothing is left to process but what waits for its time. */
  readonly settle: () => Promise<void>;
  /** Calls back with the name of each schedule that runs; returns what ends that. */
  readonly onScheduleRun: (listener: (name: string) => void) => () => void;
  readonly maximumStops?: number;
  /** Real time that a stop may take. */
  readonly patienceMilliseconds?: number;
}

/** A month of a schedule that runs each minute, and what else there is. */
const MAXIMUM_STOPS = 50_000;
const PATIENCE_MILLISECONDS = 60_000;
/** Items expire by the second; one stop sweeps those of a minute. */
const SWEEP_GRAIN_MILLISECONDS = 60_000;

export function createTraveller(options: TravellerOptions): Traveller {
  const { clock, alarms, nextExpiry, sweep, settle, onScheduleRun } = options;
  const { maximumStops = MAXIMUM_STOPS, patienceMilliseconds = PATIENCE_MILLISECONDS } = options;
  let current: { -readonly [Member in keyof Journey]: Journey[Member] } | null = null;

  function nextStop(): number {
    const expiry = nextExpiry() ?? Infinity;
    const swept = Math.ceil(expiry / SWEEP_GRAIN_MILLISECONDS) * SWEEP_GRAIN_MILLISECONDS;
    return Math.max(Math.min(alarms.next() ?? Infinity, swept), clock.now());
  }

  async function stopAt(time: number): Promise<void> {
    clock.set(time);
    sweep();
    await withPatience(settle(), patienceMilliseconds, time);
  }

  async function goOn(journey: NonNullable<typeof current>): Promise<void> {
    await stopAt(clock.now());
    for (let next = nextStop(); next <= journey.to; next = nextStop()) {
      if (journey.state === 'CANCELLED') return;
      if (journey.stops === maximumStops) throw tooManyStops(journey, maximumStops);
      journey.stops += 1;
      await stopAt(next);
    }
    await stopAt(journey.to);
    journey.state = 'ARRIVED';
  }

  function travel(to: number): Promise<Journey> {
    if (current?.state === 'MOVING') throw new AwsError('ConflictException', `The clock moves to ${iso(current.to)}`);
    if (to < clock.now()) {
      throw new AwsError('ValidationException', `${iso(to)} has passed: it is ${iso(clock.now())}`);
    }
    const runs = new Map<string, number>();
    const journey: NonNullable<typeof current> = { to, state: 'MOVING', stops: 0, runs };
    current = journey;
    return arrive(journey, runs);
  }

  async function arrive(journey: NonNullable<typeof current>, runs: Map<string, number>): Promise<Journey> {
    const wasStopped = clock.isStopped();
    const stopCounting = onScheduleRun((name) => runs.set(name, (runs.get(name) ?? 0) + 1));
    try {
      await goOn(journey);
      return journey;
    } catch (error) {
      journey.state = 'FAILED';
      journey.problem = error instanceof Error ? error.message : String(error);
      throw error;
    } finally {
      stopCounting();
      if (!wasStopped) clock.runFrom(clock.now());
    }
  }

  return {
    travel,
    cancel() {
      if (current?.state === 'MOVING') current.state = 'CANCELLED';
    },
    journey: () => current,
  };
}

async function withPatience(work: Promise<void>, milliseconds: number, time: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const message =
        `The system has not come to rest at ${iso(time)} for ${milliseconds / 1000} seconds: ` +
        'something is tried again and again, which the terminal tells of';
      reject(new AwsError('RequestTimeoutException', message, { statusCode: 408 }));
    }, milliseconds);
  });
  try {
    await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}

function tooManyStops({ to, runs }: Journey, maximum: number): AwsError {
  const [busiest] = [...runs].sort(([, a], [, b]) => b - a);
  const because = busiest ? `: the schedule ${busiest[0]} alone has run ${busiest[1]} times` : '';
  return new AwsError(
    'LimitExceededException',
    `After ${maximum} stops the clock is not at ${iso(to)} yet${because}. Go on from here, or jump there (--jump)`,
  );
}

const iso = (time: number): string => new Date(time).toISOString();

import type { AdminRoute } from '../aws/adminRoutes.ts';
import { AwsError } from '../aws/error.ts';
import type { MovableClock } from '../clock.ts';
import type { JsonObject } from '../json.ts';
import type { Journey, Traveller } from '../system/travel.ts';
import { post, time } from './route.ts';

export interface ControlledClock {
  readonly clock: MovableClock;
  readonly traveller: Traveller;
}

/** How long an answer waits for the end of a journey: long enough for short ones, and often enough to tell of long ones. */
const WAIT_MILLISECONDS = 1_000;

export function clockRoutes({ clock, traveller }: ControlledClock): AdminRoute[] {
  let arrival: Promise<unknown> = Promise.resolve();

  function refuseWhileMoving(): void {
    const journey = traveller.journey();
    if (journey?.state !== 'MOVING') return;
    throw new AwsError('ConflictException', `The clock moves to ${iso(journey.to)}: cancel that first`);
  }

  function jumpTo(target: number): void {
    refuseWhileMoving();
    if (clock.isStopped()) clock.set(target);
    else clock.runFrom(target);
  }

  async function journeyOrTime(): Promise<JsonObject> {
    await Promise.race([arrival, new Promise((resolve) => setTimeout(resolve, WAIT_MILLISECONDS).unref())]);
    return { ...clockState(clock), ...describe(traveller.journey()) };
  }

  return [
    /** Stops the clock at `Time` (ISO 8601), or lets it follow the machine's when `Time` is null; without `Time` it only tells. */
    post('clock', ({ Time }) => {
      if (Time !== undefined) refuseWhileMoving();
      if (Time === null) clock.release();
      else if (Time !== undefined) clock.set(time('Time', Time));
      return clockState(clock);
    }),
    /**
     * Moves the clock to `To` through all that is due until then, or past it with `Jump`. Answers after a second at the latest
     * with how far it has got; without `To` it only tells, and `Cancel` ends the journey.
     */
    post('travel', ({ To, Jump, Cancel }) => {
      if (Cancel === true) traveller.cancel();
      else if (To !== undefined && Jump === true) jumpTo(time('To', To));
      else if (To !== undefined) {
        refuseWhileMoving();
        // What went wrong is told by the journey.
        arrival = traveller.travel(time('To', To)).catch(() => undefined);
      }
      return To !== undefined && Jump === true ? clockState(clock) : journeyOrTime();
    }),
  ];
}

const clockState = (clock: MovableClock): JsonObject => ({
  Time: iso(clock.now()),
  Stopped: clock.isStopped(),
  AheadMilliseconds: clock.ahead(),
});

function describe(journey: Journey | null): JsonObject {
  if (!journey) return {};
  const { to, state, stops, runs, problem } = journey;
  return {
    To: iso(to),
    State: state,
    Stops: stops,
    Runs: Object.fromEntries(runs),
    ...(problem === undefined ? {} : { Problem: problem }),
  };
}

const iso = (epochMilliseconds: number): string => new Date(epochMilliseconds).toISOString();

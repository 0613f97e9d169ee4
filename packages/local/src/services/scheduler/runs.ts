import { deliver, type DeliveryOptions, type Outcome } from './delivery.ts';
import { MAX_WINDOW_MINUTES } from './limits.ts';
import type { ScheduleDefinition } from './model.ts';
import type { Alarms } from '../../alarms.ts';
import type { ScheduleStore, StoredRun } from './store.ts';

/** The events on their way to targets. */
export interface Runs {
  /** Stores an event and sends it when the clock shows `due` (epoch milliseconds). */
  add(schedule: ScheduleDefinition, scheduledTime: number, due: number): void;
  /** Sends an event without waiting; resolves to what became of the first attempt. */
  addNow(schedule: ScheduleDefinition, scheduledTime: number): Promise<Outcome>;
  /** Takes up what the store holds, afresh: after a start, and when the clock was moved. */
  resume(): void;
  idle(): Promise<void>;
}

export interface RunsOptions extends DeliveryOptions {
  readonly alarms: Alarms;
  readonly store: ScheduleStore;
  readonly find: (arn: string) => ScheduleDefinition | undefined;
  readonly onRun: (schedule: ScheduleDefinition, attempt: number) => void;
}

export function createRuns(options: RunsOptions): Runs {
  const { alarms, clock, store, find, onRun, log } = options;
  const waiting = new Map<number, () => void>();
  const underWay = new Map<number, Promise<Outcome | null>>();

  function wait(run: StoredRun): void {
    const cancel = alarms.at(run.due, () => {
      waiting.delete(run.id);
      void attempt(run);
    });
    waiting.set(run.id, cancel);
  }

  /** Null when the schedule is gone, or when this package failed. */
  function attempt(run: StoredRun): Promise<Outcome | null> {
    const attempted = tryOnce(run)
      .catch((error: unknown) => {
        log(`failed inside @hiroba/local: ${error instanceof Error ? error.stack : String(error)}`);
        return null;
      })
      .finally(() => underWay.delete(run.id));
    underWay.set(run.id, attempted);
    return attempted;
  }

  async function tryOnce(run: StoredRun): Promise<Outcome | null> {
    const schedule = find(run.scheduleArn);
    if (!schedule) return null;
    onRun(schedule, run.failures + 1);
    const outcome = await deliver(schedule, run, options);
    if (outcome.delivered || outcome.retryAt === null) store.removeRun(run.id);
    else wait(store.postpone(run.id, outcome.retryAt));
    return outcome;
  }

  return {
    add: ({ arn }, scheduledTime, due) => wait(store.addRun({ scheduleArn: arn, scheduledTime, firstDue: due, due })),
    async addNow({ arn }, scheduledTime) {
      const run = store.addRun({ scheduleArn: arn, scheduledTime, firstDue: scheduledTime, due: scheduledTime });
      return (await attempt(run)) ?? { delivered: false, reason: 'failed inside @hiroba/local', retryAt: null };
    },
    resume() {
      for (const cancel of waiting.values()) cancel();
      waiting.clear();
      // Nothing waits longer than a window is wide: the clock was moved back meanwhile, and nobody waits for its return.
      const latest = clock.now() + MAX_WINDOW_MINUTES * 60_000;
      for (const run of store.runs()) {
        if (underWay.has(run.id)) continue;
        wait(run.due > latest ? { ...run, due: clock.now() } : run);
      }
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay.values());
    },
  };
}

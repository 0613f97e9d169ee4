import type { DatabaseSync } from 'node:sqlite';
import type { Alarms } from '../../alarms.ts';
import type { Account } from '../../aws/account.ts';
import type { AwsService } from '../../aws/service.ts';
import type { MovableClock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import type { Outcome } from './delivery.ts';
import { scheduleNotFound } from './errors.ts';
import { parseExpression, type Timetable } from './expression/timetable.ts';
import { PRECISION_MILLISECONDS } from './limits.ts';
import type { ScheduleDefinition, TargetPorts } from './model.ts';
import { operationOf, type Schedules } from './operations.ts';
import { createRuns } from './runs.ts';
import { openScheduleStore } from './store.ts';

export interface SchedulerOptions {
  readonly database: DatabaseSync;
  readonly account: Account;
  readonly clock: MovableClock;
  readonly alarms: Alarms;
  readonly random: Random;
  readonly targets: TargetPorts;
  /** One line for each attempt that failed. */
  readonly log: (message: string) => void;
}

export interface Scheduler extends AwsService {
  readonly name: 'scheduler';
  /** Runs these schedules and no others from now on. Throws `AwsError` for an expression that AWS refuses, and then changes nothing. */
  replace(definitions: readonly ScheduleDefinition[]): void;
  /**
   * Runs a schedule at once, a disabled one too; resolves to what became of the first attempt.
   * Throws `AwsError` `ResourceNotFoundException`.
   */
  runNow(name: string): Promise<Outcome>;
  /** Calls back with the name of a schedule and the number of the attempt, from 1. Returns what ends that. */
  onRun(listener: RunListener): () => void;
  /** Resolves when no attempt is being made. What waits for its time, as a retry does, is not waited for. */
  idle(): Promise<void>;
}

export type RunListener = (name: string, attempt: number) => void;

/** A schedule and the alarm for its next run. */
interface Planned {
  readonly definition: ScheduleDefinition;
  readonly timetable: Timetable;
  /** The time for which it has run last; forgotten when the clock is moved back. */
  last: number;
  cancel: () => void;
}

const NOTHING = (): void => undefined;

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { database, account, clock, alarms, random } = options;
  const store = openScheduleStore(database);
  const listeners = new Set<RunListener>();
  let schedules: ReadonlyMap<string, Planned> = new Map();
  let plannedAt = Number.NEGATIVE_INFINITY;
  const runs = createRuns({
    ...options,
    store,
    find: (arn) => schedules.get(arn)?.definition,
    onRun: ({ name }, attempt) => {
      for (const listener of listeners) listener(name, attempt);
    },
  });

  function plan(planned: Planned): void {
    planned.cancel();
    plannedAt = clock.now();
    const time = planned.definition.enabled ? nextRun(planned) : null;
    planned.cancel = time === null ? NOTHING : alarms.at(time, () => ring(planned, time));
  }

  function nextRun({ definition, timetable, last }: Planned): number | null {
    const { startDate, endDate, arn } = definition;
    const { isCompleted, modifiedAt } = store.schedule(arn);
    // Whenever its time was: one that has not run yet runs once.
    if (timetable.isOneTime) return isCompleted ? null : timetable.next(Number.NEGATIVE_INFINITY, 0);
    const earliest = Math.max(clock.now(), startDate ?? Number.NEGATIVE_INFINITY);
    const after = Math.max(earliest - 1, last);
    const time = timetable.next(after, startDate ?? modifiedAt);
    return time === null || (endDate !== null && time >= endDate) ? null : time;
  }

  function ring(planned: Planned, time: number): void {
    const { definition, timetable } = planned;
    if (timetable.isOneTime) store.complete(definition.arn);
    // The clock has jumped, or the machine has slept, over its time: what was missed is not made up for.
    const isMissed = !timetable.isOneTime && clock.now() - time > PRECISION_MILLISECONDS;
    if (!isMissed) runs.add(definition, time, Math.max(time + chosenDelay(definition, random), clock.now()));
    planned.last = time;
    plan(planned);
  }

  clock.onMove(() => {
    // On the way forward alarms ring; only a clock that was moved back gets to times again that were planned from.
    if (clock.now() >= plannedAt) return;
    for (const planned of schedules.values()) {
      planned.last = Number.NEGATIVE_INFINITY;
      plan(planned);
    }
    runs.resume();
  });

  const api: Schedules = {
    account,
    list: () => [...schedules.values()].map(({ definition }) => definition).sort((a, b) => (a.name < b.name ? -1 : 1)),
    stored: store.schedule,
  };

  return {
    name: 'scheduler',
    access: (operation, input) => operationOf(operation).access(input, account),
    call: (operation, input) => operationOf(operation).call(input, api),
    replace(definitions) {
      const next = definitions.map((definition): [string, Planned] => {
        const timetable = parseExpression(definition.expression, definition.timeZone);
        const last = schedules.get(definition.arn)?.last ?? Number.NEGATIVE_INFINITY;
        return [definition.arn, { definition, timetable, last, cancel: NOTHING }];
      });
      for (const { cancel } of schedules.values()) cancel();
      store.keep(
        definitions.map((definition) => ({ arn: definition.arn, version: JSON.stringify(definition) })),
        clock.now(),
      );
      schedules = new Map(next);
      for (const planned of schedules.values()) plan(planned);
      runs.resume();
    },
    runNow(name) {
      const found = api.list().find((definition) => definition.name === name);
      if (!found) throw scheduleNotFound(name);
      return runs.addNow(found, clock.now());
    },
    onRun(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    idle: () => runs.idle(),
  };
}

/** Somewhere in the flexible time window, in milliseconds. */
function chosenDelay({ flexibleWindowMinutes }: ScheduleDefinition, random: Random): number {
  const fraction = random.bytes(4).readUInt32BE() / 2 ** 32;
  return Math.floor(fraction * flexibleWindowMinutes * 60_000);
}

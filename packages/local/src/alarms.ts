import type { MovableClock } from './clock.ts';

/** Calls at times of the local clock, whether it gets there by itself or is moved. What waits for a time waits here. */
export interface Alarms {
  /**
   * Calls `ring` once, when the clock shows `time` (epoch milliseconds) or later, and never before this call has returned.
   * `ring` must not throw. Returns what takes the alarm back.
   */
  at(time: number, ring: () => void): () => void;
  /**
   * Calls `ring` at least once in each interval (milliseconds) that the clock runs through, and once for many that it
   * jumps over: for work that may be late. Nobody stops for it, so `next` does not tell of it.
   */
  every(interval: number, ring: () => void): void;
  /** The earliest time that is waited for, or null. */
  next(): number | null;
  close(): void;
}

interface Alarm {
  readonly time: number;
  readonly ring: () => void;
  /** For what repeats, in milliseconds. */
  readonly interval?: number;
}

/** Node's timers wrap around above this. https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const LONGEST_TIMER_MILLISECONDS = 2 ** 31 - 1;

export function createAlarms(clock: MovableClock): Alarms {
  /** In the order in which they were set, which is theirs when they are due at the same time. */
  const waiting = new Set<Alarm>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const earliest = (isWanted: (alarm: Alarm) => boolean = () => true): Alarm | null => {
    let found: Alarm | null = null;
    for (const alarm of waiting) if (isWanted(alarm) && (found === null || alarm.time < found.time)) found = alarm;
    return found;
  };

  function repeat(interval: number, ring: () => void): void {
    waiting.add({ time: clock.now() + interval, ring, interval });
  }

  /** A clock that was moved back would not get to them for long. */
  function bringForward(): void {
    for (const alarm of [...waiting]) {
      if (alarm.interval === undefined || alarm.time <= clock.now() + alarm.interval) continue;
      waiting.delete(alarm);
      repeat(alarm.interval, alarm.ring);
    }
  }

  function ringDue(): void {
    for (let due = earliest(); due !== null && due.time <= clock.now(); due = earliest()) {
      waiting.delete(due);
      if (due.interval !== undefined) repeat(due.interval, due.ring);
      due.ring();
    }
    arm();
  }

  function arm(): void {
    clearTimeout(timer);
    const first = earliest();
    if (closed || first === null) return;
    const wait = first.time - clock.now();
    // A clock that stands still gets nowhere by itself, but what is due already has not been told.
    if (clock.isStopped() && wait > 0) return;
    timer = setTimeout(ringDue, Math.min(Math.max(wait, 0), LONGEST_TIMER_MILLISECONDS)).unref();
  }

  clock.onMove(() => {
    bringForward();
    ringDue();
  });
  return {
    at(time, ring) {
      const alarm = { time, ring };
      waiting.add(alarm);
      arm();
      return () => {
        waiting.delete(alarm);
      };
    },
    every(interval, ring) {
      repeat(interval, ring);
      arm();
    },
    next: () => earliest(({ interval }) => interval === undefined)?.time ?? null,
    close() {
      closed = true;
      clearTimeout(timer);
      waiting.clear();
    },
  };
}

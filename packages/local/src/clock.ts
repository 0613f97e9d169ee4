/** Where every service takes the time from, so that tests and the developer can move it. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still until it is told to move. */
export interface ManualClock extends Clock {
  advance(milliseconds: number): void;
  set(epochMilliseconds: number): void;
}

export function manualClock(epochMilliseconds: number): ManualClock {
  let current = epochMilliseconds;
  return {
    now: () => current,
    advance: (milliseconds) => {
      current += milliseconds;
    },
    set: (value) => {
      current = value;
    },
  };
}

/** The machine's clock until it is stopped at a time, for seed data with a past and for trying what happens later. */
export interface MovableClock extends ManualClock {
  /** Shows that time (epoch milliseconds) and goes on from there, as fast as the machine's clock. */
  runFrom(time: number): void;
  /** Follows the machine's clock again. */
  release(): void;
  /** Whether it shows the same time until it is told otherwise. */
  isStopped(): boolean;
  /** How far it is ahead of the machine's clock, in milliseconds; 0 when it follows it. */
  ahead(): number;
  /** Calls `listener` after each move, stop and release. */
  onMove(listener: () => void): void;
}

export function movableClock(underlying: Clock = systemClock): MovableClock {
  let stoppedAt: number | null = null;
  let offset = 0;
  const listeners: (() => void)[] = [];
  const move = (to: { readonly stoppedAt: number | null; readonly offset: number }): void => {
    ({ stoppedAt, offset } = to);
    for (const listener of listeners) listener();
  };
  const now = (): number => stoppedAt ?? underlying.now() + offset;
  return {
    now,
    advance: (milliseconds) => move({ stoppedAt: now() + milliseconds, offset: 0 }),
    set: (value) => move({ stoppedAt: value, offset: 0 }),
    runFrom: (time) => move({ stoppedAt: null, offset: time - underlying.now() }),
    release: () => move({ stoppedAt: null, offset: 0 }),
    ahead: () => (stoppedAt === null ? offset : stoppedAt - underlying.now()),
    isStopped: () => stoppedAt !== null,
    onMove: (listener) => void listeners.push(listener),
  };
}

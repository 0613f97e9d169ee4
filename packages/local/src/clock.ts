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
  /** Follows the machine's clock again. */
  release(): void;
}

export function movableClock(underlying: Clock = systemClock): MovableClock {
  let stoppedAt: number | null = null;
  return {
    now: () => stoppedAt ?? underlying.now(),
    advance: (milliseconds) => {
      stoppedAt = (stoppedAt ?? underlying.now()) + milliseconds;
    },
    set: (value) => {
      stoppedAt = value;
    },
    release: () => {
      stoppedAt = null;
    },
  };
}

import type { FanOutMessage } from '../shared/fanOutMessages.ts';

/** What became of a message. */
export interface Outcome {
  /** Counted in the log line, `by` or once. */
  readonly did: string;
  readonly by?: number;
  /** What goes on where this page ended. */
  readonly next?: FanOutMessage;
}

/** What one message does, and a killed worker repeats. */
export const FOLLOWERS_PER_MESSAGE = 1_000;

import type { Resources, Stack } from './system.ts';

/** One thing that is made wrong. */
export interface Flip {
  readonly name: string;
  /** Where it is; default: `api`. */
  readonly stack?: Stack;
  change(resources: Resources): void;
  /** The first executed request that comes out otherwise than the tables say; null when none does. */
  look(): Promise<string | null>;
}

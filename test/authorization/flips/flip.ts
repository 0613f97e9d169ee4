import type { Change } from './system.ts';

/** One thing that is made wrong. */
export interface Flip extends Change {
  readonly name: string;
  /** What has to be otherwise, too, for a request that could notice; without the flip it changes nothing that `look` sees. */
  readonly needs?: readonly Change[];
  /** The first executed request that comes out otherwise than the tables say; null when none does. */
  look(): Promise<string | null>;
}

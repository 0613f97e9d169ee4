import type { Row } from '../readTable.ts';
import type { Resources } from './system.ts';

/** One thing that is made wrong. */
export interface Flip {
  readonly name: string;
  change(resources: Resources): void;
  /** The rows that ought to notice first; all the others come after them. */
  concerns(row: Row): boolean;
}

import type { Severity } from '../../src/finding.ts';
import type { Edit } from './edits.ts';

/** One kind of change, and what is expected of the review before it is run. */
export interface Change {
  readonly name: string;
  /** Done to both sides first. */
  readonly given?: readonly Edit[];
  readonly edits: readonly Edit[];
  /** `silent`: nothing blocks and there is nothing to look at. */
  readonly verdict: Verdict | 'silent';
  /** GraphQL Inspector alone finds nothing that breaks. */
  readonly inspectorMisses?: true;
}

export interface Verdict {
  readonly severity: Severity;
  readonly code: string;
  readonly subject: string;
}

export const blocking = (code: string, subject: string): Verdict => ({ severity: 'blocking', code, subject });
export const dangerous = (code: string, subject: string): Verdict => ({ severity: 'dangerous', code, subject });
export const safe = (code: string, subject: string): Verdict => ({ severity: 'safe', code, subject });

import type { Contract } from '../contract/contract.ts';

/** Something about a contract that is always so. Severity is always blocking: what is so on purpose has a waiver. */
export interface Rule {
  /** Kebab case; never reworded: waivers and machines name it. */
  readonly id: string;
  /** Why it is a rule, as a sentence that follows "because". */
  readonly reason: string;
  readonly check: (contract: Contract) => readonly Breach[];
}

export interface Breach {
  /** A schema coordinate, or the path of an operation. */
  readonly subject: string;
  /** What is wrong. */
  readonly message: string;
  /** What to do. */
  readonly remedy: string;
}

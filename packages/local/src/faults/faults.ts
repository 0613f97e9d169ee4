import { createHash } from 'node:crypto';
import { FAULT_KINDS, type FaultKind } from './kinds.ts';

/** Faults to inject. Only who starts the system in process can; neither the Terraform nor a request has a say. */
export interface FaultOptions {
  /** The same seed makes the same decision for the same record, message, item or invocation. */
  readonly seed: string;
  /** How often each kind strikes, from 0 (never, as without) to 1. */
  readonly rates: Partial<Readonly<Record<FaultKind, number>>>;
  /** How often one kind may strike the same thing, so that retries come to an end; 3 by default. */
  readonly most?: number;
  /** Into how many shards streams are split by partition key, as those of large tables are; 1 by default. */
  readonly shards?: number;
}

export type FaultCounts = Readonly<Record<FaultKind, number>>;

export interface Faults {
  readonly shards: number;
  /** Decides whether this kind of fault strikes `key` now, and counts it when it does. Each call is another occurrence. */
  strikes(kind: FaultKind, key: string): boolean;
  /** From 0 to 1: how far, or how late, for what strikes `key`. Differs from occurrence to occurrence. */
  fraction(kind: FaultKind, key: string): number;
  /** Whether this kind can strike at all. */
  has(kind: FaultKind): boolean;
  /** How many of each kind have been injected since the start. */
  counts(): FaultCounts;
}

const DEFAULT_MOST = 3;

/** Throws `RangeError` for a rate or a number that is none. */
export function createFaults({ seed, rates, most = DEFAULT_MOST, shards = 1 }: FaultOptions): Faults {
  checkRates(rates);
  if (!Number.isInteger(shards) || shards < 1)
    throw new RangeError(`shards must be a whole number from 1, not ${shards}`);
  const counts = Object.fromEntries(FAULT_KINDS.map((kind) => [kind, 0])) as Record<FaultKind, number>;
  const known = new Map<string, { occurrences: number; strikes: number }>();
  const rateOf = (kind: FaultKind): number => rates[kind] ?? 0;

  function recordOf(kind: FaultKind, key: string): { occurrences: number; strikes: number } {
    const name = `${kind} ${key}`;
    const record = known.get(name) ?? { occurrences: 0, strikes: 0 };
    known.set(name, record);
    return record;
  }

  return {
    shards,
    has: (kind) => rateOf(kind) > 0,
    strikes(kind, key) {
      const rate = rateOf(kind);
      if (rate === 0) return false;
      const record = recordOf(kind, key);
      record.occurrences += 1;
      if (record.strikes >= most || draw(seed, kind, key, record.occurrences) >= rate) return false;
      record.strikes += 1;
      counts[kind] += 1;
      return true;
    },
    fraction: (kind, key) => draw(seed, `${kind} fraction`, key, recordOf(kind, key).occurrences),
    counts: () => ({ ...counts }),
  };
}

function checkRates(rates: FaultOptions['rates']): void {
  for (const [kind, rate] of Object.entries(rates)) {
    if (!(FAULT_KINDS as readonly string[]).includes(kind)) throw new RangeError(`There is no fault "${kind}"`);
    if (!(rate >= 0 && rate <= 1)) throw new RangeError(`The rate of ${kind} must be between 0 and 1, not ${rate}`);
  }
}

/**
 * From 0 to 1. Drawn from what is decided about instead of from one sequence: in a concurrent system the order of decisions
 * differs from run to run.
 */
function draw(seed: string, kind: string, key: string, occurrence: number): number {
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, kind, key, occurrence]))
    .digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}

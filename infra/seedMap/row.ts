import type { RungName } from '../rungs.ts';

/** Something that a reader can look up: a test looks all of them up. */
export type Evidence =
  | { readonly kind: 'terraform'; readonly address: Address; readonly rung: RungName }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'command'; readonly line: string };

/** `stack/type.id`, in the Terraform of prod. */
export type Address = `${'bootstrap' | 'data' | 'api' | 'edge' | 'observability'}/aws_${string}.${string}`;

export type Priority = 'P0' | 'P1' | 'P2' | 'N/A';

interface Requirement {
  readonly id: string;
  /** P0: without it this is not the system. P1: a reviewer expects it. P2: completes the picture. */
  readonly priority: Priority;
  readonly asks: string;
  /** What there is; for an open row, what there is so far. */
  readonly evidence: readonly Evidence[];
}

/** One requirement, and how it stands. */
export type SeedRow = Requirement &
  (
    | { readonly state: 'answered' }
    | { readonly state: 'open'; readonly missing: string }
    | { readonly state: 'not applicable'; readonly reason: string }
  );

/** A resource at the lowest rung that has it. */
export function terraform(address: Address, rung: RungName = 'users'): Evidence {
  return { kind: 'terraform', address, rung };
}

export function file(path: string): Evidence {
  return { kind: 'file', path };
}

export function command(line: string): Evidence {
  return { kind: 'command', line };
}

export function answered(id: string, priority: Priority, asks: string, evidence: readonly Evidence[]): SeedRow {
  return { id, priority, asks, evidence, state: 'answered' };
}

interface Open {
  readonly asks: string;
  readonly missing: string;
  readonly evidence?: readonly Evidence[];
}

export function open(id: string, priority: Priority, { asks, missing, evidence = [] }: Open): SeedRow {
  return { id, priority, asks, evidence, state: 'open', missing };
}

export function notApplicable(id: string, asks: string, reason: string): SeedRow {
  return { id, priority: 'N/A', asks, evidence: [], state: 'not applicable', reason };
}

import type { MeasuredOperation } from '../../../../infra/bill/measured.ts';
import type { TerraformDocument } from '../../../../infra/targets.ts';

/** What a tree's own commands tell of it. A problem is a sentence: the revision cannot tell, and the review says so. */
export interface Description {
  /** The Terraform of prod, by stack. */
  readonly stacks: Readonly<Record<string, TerraformDocument>> | { readonly problem: string };
  /** What each persisted operation used on the local system, seeded. */
  readonly measured: Readonly<Record<string, MeasuredOperation>> | { readonly problem: string };
}

export const hasProblem = (part: object): part is { readonly problem: string } =>
  'problem' in part && typeof part.problem === 'string';

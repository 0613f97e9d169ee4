import { synthesizeTarget, type Block, type TerraformDocument } from '../../../infra/targets.ts';
import { reviewedTarget } from '../src/tell/reviewedTarget.ts';
import type { Stacks } from '../src/infrastructure/resources.ts';

/** The real Terraform of what is reviewed; one synthesis for a file. */
export async function realStacks(): Promise<Stacks> {
  return (await synthesizeTarget(reviewedTarget)).stacks;
}

type Mutable<T> = { -readonly [K in keyof T]: Mutable<T[K]> };
/** As Terraform's JSON is: whatever a case wants to change. */
export type Resources = Record<string, Record<string, Record<string, unknown>>>;

/** A copy in which the resources of one stack are changed. */
export function changed(stacks: Stacks, stack: string, change: (resources: Resources) => void): Stacks {
  const copy = new Map<string, TerraformDocument>(
    [...stacks].map(([name, document]) => [name, structuredClone(document)]),
  );
  const document = copy.get(stack) as Mutable<TerraformDocument> | undefined;
  if (!document?.resource) throw new Error(`there is no stack ${stack}`);
  change(document.resource as unknown as Resources);
  return copy;
}

/** Arguments of a resource, to be changed. */
export function argsOf(resources: Resources, type: string, id: string): Record<string, unknown> {
  const args = resources[type]?.[id];
  if (!args) throw new Error(`there is no ${type}.${id}`);
  return args;
}

export type { Block };

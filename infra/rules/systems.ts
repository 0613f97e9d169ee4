import type { Target } from '../config.ts';
import { synthesizeTarget } from '../targets.ts';
import { systemOf, type System } from './model/system.ts';

/** The Terraform of targets as rules see it, one target after the other: a synthesis keeps a processor busy by itself. */
export async function systemsOf(targets: readonly Target[]): Promise<readonly System[]> {
  const systems: System[] = [];
  for (const target of targets) {
    const { config, stacks } = await synthesizeTarget(target);
    systems.push(systemOf({ ...target, now: config.now, documents: stacks }));
  }
  return systems;
}

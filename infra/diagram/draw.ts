import type { Target } from '../config.ts';
import { synthesizeTarget } from '../targets.ts';
import { architectureOf } from './architecture.ts';
import { layOut } from './layout.ts';
import { plantUmlOf } from './plantuml.ts';
import { svgOf } from './svg.ts';

/** Kept in the repository, and compared with the Terraform by a test. */
export const kept: readonly Target[] = [
  { stage: 'prod', rung: 'users' },
  { stage: 'prod', rung: 'users+++++' },
];

/** The folder of the drawings, from the root of the repository. */
export const FOLDER = 'docs/architecture';

/** The files of a target's picture, by name. */
export async function drawn(target: Target): Promise<ReadonlyMap<string, string>> {
  const diagram = architectureOf(await synthesizeTarget(target));
  const name = fileName(target);
  return new Map([
    [`${name}.puml`, plantUmlOf(diagram)],
    [`${name}.svg`, svgOf(diagram, await layOut(diagram))],
  ]);
}

/** The rung; other stages than prod are told apart. */
function fileName({ stage, rung }: Target): string {
  return stage === 'prod' ? rung : `${stage}-${rung}`;
}

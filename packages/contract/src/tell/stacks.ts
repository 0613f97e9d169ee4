import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { synthesizeTarget } from '../../../../infra/targets.ts';
import { reviewedTarget } from './reviewedTarget.ts';

/** Run with a tree's folder and a file: writes the tree's Terraform there, as JSON by stack. */
const [, , tree = '', file = ''] = process.argv;
const targets = (await import(pathToFileURL(join(tree, 'infra/targets.ts')).href)) as {
  readonly synthesizeTarget: typeof synthesizeTarget;
};
const { stacks } = await targets.synthesizeTarget(reviewedTarget);
writeFileSync(file, JSON.stringify(Object.fromEntries(stacks)));

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isStage, type Target } from '../config.ts';
import { isRung, rungNames } from '../rungs.ts';
import { SynthError } from '../synthError.ts';
import { drawn, FOLDER, kept } from './draw.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Without flags, what is kept in the repository; with them, one picture. */
function targets(args: readonly string[]): readonly Target[] {
  const options = { stage: { type: 'string' }, rung: { type: 'string' } } as const;
  const { stage = 'prod', rung } = parseArgs({ args: [...args], options }).values;
  if (!isStage(stage)) throw new SynthError(`stage "${stage}" does not exist`);
  if (rung === undefined && stage === 'prod') return kept;
  const wanted = rung ?? 'users';
  if (!isRung(wanted)) throw new SynthError(`rung "${wanted}" does not exist: the rungs are ${rungNames.join(', ')}`);
  return [{ stage, rung: wanted }];
}

try {
  mkdirSync(join(root, FOLDER), { recursive: true });
  for (const target of targets(process.argv.slice(2)))
    for (const [name, content] of await drawn(target)) {
      writeFileSync(join(root, FOLDER, name), content);
      console.log(`${FOLDER}/${name}`);
    }
} catch (error) {
  if (!(error instanceof SynthError || error instanceof TypeError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

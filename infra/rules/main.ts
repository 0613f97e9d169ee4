import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { allTargets } from '../config.ts';
import { SynthError } from '../synthError.ts';
import { rulesDocument } from './document.ts';
import { evaluate, isClean } from './evaluate.ts';
import { reportText } from './report.ts';
import { leftOut, rules } from './rules.ts';
import { systemsOf } from './systems.ts';
import { waivers } from './waivers.ts';

/**
 * `npm run rules -- [--stage X] [--rung Y] [--json]`: every rule over the Terraform of the targets, all by default.
 * `--write-docs` writes docs/rules.md instead.
 */
async function main(args: readonly string[]): Promise<void> {
  const flags = readFlags(args);
  if (flags['write-docs']) {
    writeFileSync(new URL('../../docs/rules.md', import.meta.url), rulesDocument(rules, leftOut));
    return;
  }
  const all = allTargets();
  const targets = all.filter(({ stage, rung }) => (flags.stage ?? stage) === stage && (flags.rung ?? rung) === rung);
  if (targets.length === 0) {
    throw new SynthError(`there is no stage "${flags.stage ?? 'any'}" at rung "${flags.rung ?? 'any'}"`);
  }
  const report = await evaluate(rules, await systemsOf(targets), {
    waivers,
    now: new Date(),
    complete: targets.length === all.length,
  });
  console.log(flags.json ? JSON.stringify(report, null, 2) : reportText(report));
  if (!isClean(report)) process.exitCode = 1;
}

function readFlags(args: readonly string[]) {
  const options = {
    stage: { type: 'string' },
    rung: { type: 'string' },
    json: { type: 'boolean' },
    'write-docs': { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [reason] = error.message.split('. ');
    throw new SynthError(`${reason}: the flags are --stage NAME, --rung NAME, --json, --write-docs`);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SynthError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

import { parseArgs } from 'node:util';
import { readConfig, type Target } from '../config.ts';
import { SynthError } from '../synthError.ts';
import { synthesizeTarget } from '../targets.ts';
import { isAllowed } from './allowedDifferences.ts';
import { differencesBetween } from './environmentDiff.ts';
import { report } from './environmentReport.ts';

/** `STAGE STAGE [--rung NAME]`, each at the rung or, without one, at its own default. */
async function main(): Promise<void> {
  const [one, other] = readTargets(process.argv.slice(2));
  const [left, right] = await Promise.all([synthesizeTarget(one), synthesizeTarget(other)]);
  const differences = differencesBetween(left, right);
  console.log(`${one.stage} at ${one.rung} (left), ${other.stage} at ${other.rung} (right)`);
  for (const line of report(differences)) console.log(line);
  const unexpected = differences.filter((difference) => !isAllowed(difference));
  const because = one.rung === other.rung ? 'outside infra/commands/allowedDifferences.ts' : 'because of the rung';
  console.log(`${differences.length} differences, ${unexpected.length} of them ${because}`);
}

function readTargets(args: readonly string[]): readonly [Target, Target] {
  const usage = 'the command is npm run env:diff -- STAGE STAGE [--rung NAME]';
  try {
    const options = { rung: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
    const [one, other, ...more] = positionals.map((stage) => target(stage, values.rung));
    if (!one || !other || more.length > 0) throw new SynthError(usage);
    return [one, other];
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new SynthError(usage);
  }
}

/** The environment's names are examples here; what it would lack does not matter. */
function target(stage: string, rung: string | undefined): Target {
  const flags = ['--stage', stage, ...(rung ? ['--rung', rung] : [])];
  const config = readConfig(flags, { HIROBA_STATE_BUCKET: 'states', HIROBA_DOMAIN: 'hiroba.example' });
  return { stage: config.stage, rung: config.rung };
}

try {
  await main();
} catch (error) {
  if (!(error instanceof SynthError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

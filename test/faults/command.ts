import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Outcome, runSeed } from './runSeed.ts';
import { writeTerraform } from './terraform.ts';

/** `--seeds N` of them, beginning with `--from S`; ends with 1 when something did not hold. */
const { values } = parseArgs({ options: { seeds: { type: 'string' }, from: { type: 'string' } } });
const [seeds, from] = [wholeNumber('--seeds', values.seeds ?? '20'), wholeNumber('--from', values.from ?? '1')];

const terraform = await writeTerraform();
for (let seed = from; seed < from + seeds; seed += 1) {
  const start = performance.now();
  const outcome = await runSeed(terraform, seed);
  console.log(lineOf(outcome, performance.now() - start));
  for (const violation of outcome.violations) console.log(`  ${violation}`);
  if (outcome.violations.length > 0) process.exitCode = 1;
}
await rm(terraform, { recursive: true });

function wholeNumber(flag: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  console.error(`${flag} must be a whole number, not "${text}": npm run test:faults -- [--seeds N] [--from S]`);
  process.exit(1);
}

function lineOf({ seed, violations, faults, made, replay }: Outcome, milliseconds: number): string {
  const struck = Object.values(faults).reduce((sum, count) => sum + count, 0);
  const { posts, photos, exports } = made;
  const what = `${posts} posts, ${photos} photos, ${exports} exports, ${struck} faults, ${(milliseconds / 1000).toFixed(1)} s`;
  return violations.length === 0
    ? `seed ${seed}: all holds (${what})`
    : `seed ${seed} FAILS (${what}); again: ${replay}`;
}

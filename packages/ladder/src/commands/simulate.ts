import { systemAt } from '../models/system.ts';
import { simulate } from '../simulate/simulate.ts';
import { FLAGS } from './options.ts';
import { run } from './run.ts';
import { resourceTable, trafficLine } from './table.ts';

const USAGE = `Usage: npm run simulate -- [flags]

Replays what each persisted operation was measured to use, in virtual time, against what the Terraform of a rung can bear.

${FLAGS}`;

/** Progress is for people who wait: nothing for a second or two. */
const EVERY_MILLISECONDS = 2_000;

run(USAGE, async ({ rung, scenario, load, json }) => {
  const system = await systemAt(rung);
  let told = performance.now();
  const onSecond = (second: number): void => {
    if (performance.now() - told < EVERY_MILLISECONDS) return;
    told = performance.now();
    console.error(`${second + 1} of ${load.seconds} s`);
  };
  const outcome = simulate({ ...load, system: scenario?.given?.alter(system) ?? system, onSecond });
  if (json) return console.log(JSON.stringify(outcome, null, 2));
  if (scenario) console.log(`${scenario.story}${scenario.given ? ` (${scenario.given.name})` : ''}\n`);
  console.log(
    `${load.users.toLocaleString('en-US')} users at ${rung}, ${load.seconds} s\n${trafficLine(outcome, load.seconds)}\n\n${resourceTable(outcome)}`,
  );
});

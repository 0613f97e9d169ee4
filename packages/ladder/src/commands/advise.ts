import { advise } from '../advise/advise.ts';
import { adviceLines } from '../advise/lines.ts';
import { FLAGS } from './options.ts';
import { run } from './run.ts';

const USAGE = `Usage: npm run advise -- [flags]

Names the first thing that does not suffice, at which load, and runs again with each rung above until it is gone.

${FLAGS}`;

run(USAGE, async ({ rung, scenario, load, json }) => {
  const settings = scenario?.answer && 'alter' in scenario.answer ? [scenario.answer] : [];
  const advice = await advise({ rung, given: scenario?.given, load, settings }, (line) => console.error(line));
  console.log(
    json ? JSON.stringify(advice, null, 2) : adviceLines(advice, { rung, scenario, users: load.users }).join('\n'),
  );
});

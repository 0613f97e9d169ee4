import { parseArgs } from 'node:util';
import { seedPlan, type Size, sizes } from './plan.ts';
import { replay } from './replay.ts';
import { connect } from './system.ts';

const USAGE = `Usage: npm run seed -- [flags]

Fills a running local system with people and posts, through its API.

  --size small|medium|large   24, 200 or 2,000 people (default small)
  --until DATE                the day on which the seeded past ends (default today, UTC)
  --config URL                (default http://localhost:4000/config.json)
  --credentials FILE          the root key (default .hiroba/credentials)`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      size: { type: 'string', default: 'small' },
      until: { type: 'string', default: new Date().toISOString().slice(0, 10) },
      config: { type: 'string', default: process.env['HIROBA_CONFIG_URL'] ?? 'http://localhost:4000/config.json' },
      credentials: { type: 'string', default: '.hiroba/credentials' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return console.log(USAGE);
  if (!Object.hasOwn(sizes, values.size))
    throw new Error(`--size must be one of ${Object.keys(sizes).join(', ')}, not "${values.size}".`);
  const until = Date.parse(`${values.until}T00:00:00Z`);
  if (Number.isNaN(until)) throw new Error(`--until must be a date as 2026-01-31, not "${values.until}".`);

  const started = performance.now();
  const system = await connect(values.config, values.credentials);
  try {
    const { mutations } = await replay(system, seedPlan(values.size as Size), { until, progress: progressLine() });
    console.log(
      `seeded ${values.size}: ${mutations} mutations in ${((performance.now() - started) / 1000).toFixed(1)} s`,
    );
  } finally {
    await system.control('clock', { Time: null });
  }
}

/** At most one line a second: enough to see that it goes on. */
function progressLine(): (line: string) => void {
  let last = performance.now();
  return (line) => {
    if (performance.now() - last < 1_000) return;
    last = performance.now();
    console.log(`seeding    ${line}`);
  };
}

main().catch((error: unknown) => {
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});

import { loadavg } from 'node:os';
import { compare } from './compare.ts';
import { openField } from './field.ts';
import { CONNECTIONS } from './load/round.ts';
import { operations } from './operations.ts';
import { profile } from './profile.ts';
import { report } from './report.ts';

/** Most of it is measuring; a machine that is busy starts slowly. */
const MOST_SECONDS = 120;

// Whoever waits for this is told; the children end when they are no longer given orders.
setTimeout(() => {
  console.error(`This has not come to an end in ${MOST_SECONDS} seconds.`);
  process.exit(1);
}, MOST_SECONDS * 1_000).unref();

const since = performance.now();
const progress = (line: string): void =>
  console.error(`${((performance.now() - since) / 1_000).toFixed(0).padStart(3)} s  ${line}`);
const alone = process.argv.includes('--profile');
const field = await openField({ alone, progress });
try {
  const load = loadavg()[0] ?? 0;
  if (alone) {
    for (const operation of operations(field.setting)) console.log(await profile(field, operation, progress));
  } else {
    const { lines, reached } = report(await compare(field, progress));
    console.log(
      `${CONNECTIONS} connections; load average ${load.toFixed(1)} before and ${(loadavg()[0] ?? 0).toFixed(1)} after\n`,
    );
    console.log(lines.join('\n'));
    if (!reached) {
      console.error('\nHiroba is slower than it is meant to be.');
      process.exitCode = 1;
    }
  }
} finally {
  await field.close();
}

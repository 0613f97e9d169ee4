import { lag } from './lag.ts';
import { memory } from './memory.ts';
import { type Row, table } from './row.ts';
import { counters, fanOut } from './throughput.ts';
import { thumbnails } from './thumbnails.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

/** What the backend's jobs do on this machine, in one process, with SQLite on disk. The last moves the clock. */
const MEASUREMENTS: readonly ((workshop: Workshop) => Promise<Row[]>)[] = [lag, fanOut, counters, thumbnails, memory];

const MOST_MINUTES = 10;

// Some two minutes where nothing else is done; what never comes to rest must not keep a machine for ever.
setTimeout(() => {
  console.error(`This has not come to an end in ${MOST_MINUTES} minutes.`);
  process.exit(1);
}, MOST_MINUTES * 60_000).unref();

const workshop = await openWorkshop();
try {
  const rows: Row[] = [];
  for (const measure of MEASUREMENTS) {
    console.error(`measuring ${measure.name} ...`);
    rows.push(...(await measure(workshop)));
  }
  console.log(table(rows));
} finally {
  await workshop.close();
}

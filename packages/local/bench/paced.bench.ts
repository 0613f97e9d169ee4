/**
 * The load of ten million users on the DynamoDB engine in this process, at its pace: 40,000 item reads a second in pages of 20,
 * and 400 writes, for a minute. Tells how much of the time the engine was busy; exits 1 when it falls behind.
 * `npm run bench -- paced`
 */
import { setTimeout } from 'node:timers/promises';
import { fillTable } from './fillTable.ts';
import { type BenchTarget, engineInMemory, engineOnFile } from './targets.ts';
import { type Workload, workloads } from './workloads.ts';

const SECONDS = 60;
const PAGES_PER_SECOND = 2_000;
const ITEMS_PER_PAGE = 20;
const WRITES_PER_SECOND = 400;
/** What comes in a second comes in so many bursts. */
const BURSTS = 20;

interface Kept {
  readonly busy: number;
  readonly longestBurst: number;
  readonly items: number;
}

async function keepPace(target: BenchTarget): Promise<Kept> {
  const [pages, puts] = [workload('query 20'), workload('put')];
  let [calls, items, busy, longestBurst] = [0, 0, 0, 0];
  const start = performance.now();
  for (let burst = 0; burst < SECONDS * BURSTS; burst += 1) {
    const due = start + (burst * 1_000) / BURSTS;
    const early = due - performance.now();
    if (early > 0) await setTimeout(early);
    const began = performance.now();
    for (let page = 0; page < PAGES_PER_SECOND / BURSTS; page += 1) {
      const answer = await target.run(pages.operation, pages.input(calls++));
      items += Number(answer['Count']);
    }
    for (let write = 0; write < WRITES_PER_SECOND / BURSTS; write += 1)
      await target.run(puts.operation, puts.input(calls++));
    const took = performance.now() - began;
    busy += took;
    longestBurst = Math.max(longestBurst, took);
    if (burst % (10 * BURSTS) === 0) console.error(`${burst / BURSTS} of ${SECONDS} s`);
  }
  const took = (performance.now() - start) / 1_000;
  return { busy: busy / 1_000 / took, longestBurst, items: items / took };
}

function workload(name: string): Workload {
  const found = workloads.find((each) => each.name === name);
  if (!found) throw new Error(`there is no workload ${name}`);
  return found;
}

for (const open of [engineInMemory, engineOnFile]) {
  const target = open();
  await fillTable(target);
  const { busy, longestBurst, items } = await keepPace(target);
  target.close?.();
  console.log(
    `${target.name}: ${Math.round(items).toLocaleString('en-US')} item reads and ${WRITES_PER_SECOND} writes a second for ${SECONDS} s; busy ${(busy * 100).toFixed(0)} % of one processor, longest burst ${longestBurst.toFixed(0)} ms of ${1_000 / BURSTS}`,
  );
  if (items < PAGES_PER_SECOND * ITEMS_PER_PAGE * 0.99) {
    console.error('The engine does not keep this pace.');
    process.exitCode = 1;
  }
}

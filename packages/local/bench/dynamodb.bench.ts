/**
 * The DynamoDB engine against dynalite, each in process and in memory, in alternating rounds of one run. Exits 1 when
 * the engine is not several times faster. `node packages/local/bench/dynamodb.bench.ts`
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Order, TargetName } from './worker.ts';
import { ITEMS, workloads, type Workload } from './workloads.ts';

const ROUNDS = 8;

interface Contender {
  round(workload: Workload): Promise<number>;
  close(): Promise<void>;
}

async function start(name: TargetName): Promise<Contender> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: name });
  await once(worker, 'message');
  const send = (order: Order): void => worker.postMessage(order);
  return {
    async round({ name: workload }) {
      send({ workload });
      const [speed] = (await once(worker, 'message')) as [number];
      return speed;
    },
    async close() {
      send('close');
      await once(worker, 'exit');
    },
  };
}

/** What else the machine does only slows a round down, so the best one says most about an engine. */
async function best(contenders: readonly Contender[], workload: Workload): Promise<number[]> {
  const speeds = contenders.map(() => 0);
  for (let i = 0; i < ROUNDS; i += 1) {
    for (const [index, contender] of contenders.entries()) {
      speeds[index] = Math.max(speeds[index] as number, await contender.round(workload));
    }
  }
  return speeds;
}

async function main(): Promise<void> {
  const engine = await start('engine');
  const dynalite = await start('dynalite');
  const file = await start('engine on file');
  console.log(`Operations per second in process, best of ${ROUNDS} rounds, ${ITEMS} items of about 600 B, one index\n`);
  console.log('                    engine    dynalite   ratio   needed   engine on file');
  let isFast = true;
  for (const workload of workloads) {
    const contenders = workload.engineOnly ? [engine, file] : [engine, file, dynalite];
    const [own, onFile, other] = await best(contenders, workload);
    const ratio = other === undefined ? undefined : (own as number) / other;
    if (workload.atLeast !== undefined && (ratio ?? 0) < workload.atLeast) isFast = false;
    console.log(
      workload.name.padEnd(15) +
        column(own, 0, 11) +
        column(other, 0, 12) +
        column(ratio, 1, 8) +
        column(workload.atLeast, 0, 9) +
        column(onFile, 0, 17),
    );
  }
  await Promise.all([engine, dynalite, file].map((contender) => contender.close()));
  if (!isFast) {
    console.error('\nThe engine is slower than it has to be.');
    process.exitCode = 1;
  }
}

function column(value: number | undefined, digits: number, width: number): string {
  return (value === undefined ? '-' : value.toFixed(digits)).padStart(width);
}

await main();

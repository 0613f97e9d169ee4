/** One engine in a thread of its own, so that its garbage is collected on its own account; answers orders with speeds. */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { dynaliteInProcess } from './dynaliteInProcess.ts';
import { engineInMemory, engineOnFile, type BenchTarget } from './targets.ts';
import { fillTable } from './fillTable.ts';
import { workloads, type Workload } from './workloads.ts';

export type TargetName = 'engine' | 'dynalite' | 'engine on file';

/** `close` ends the thread; anything else is the name of a workload to run for one round. */
export type Order = { readonly workload: string } | 'close';

const ROUND_MILLISECONDS = 250;
const WARM_UP_CALLS = 500;

const open: Readonly<Record<TargetName, () => BenchTarget>> = {
  engine: engineInMemory,
  dynalite: dynaliteInProcess,
  'engine on file': engineOnFile,
};

/** Calls per second in one round; `calls` goes on where the last round ended. */
async function round(target: BenchTarget, { operation, input }: Workload, calls: { next: number }): Promise<number> {
  const start = performance.now();
  const end = start + ROUND_MILLISECONDS;
  const first = calls.next;
  while (performance.now() < end) {
    const answer = target.run(operation, input(calls.next++));
    // An engine that answers at once is not made to wait for a promise that nobody needs.
    if (answer instanceof Promise) await answer;
  }
  return ((calls.next - first) * 1000) / (performance.now() - start);
}

async function serve(port: MessagePort): Promise<void> {
  const target = open[workerData as TargetName]();
  const calls = new Map<string, { next: number }>();
  await fillTable(target);
  port.on('message', async (order: Order) => {
    if (order === 'close') {
      target.close?.();
      port.close();
      return;
    }
    const workload = workloads.find(({ name }) => name === order.workload) as Workload;
    const counter = calls.get(workload.name) ?? { next: 0 };
    if (!calls.has(workload.name)) await warmUp(target, workload, counter);
    calls.set(workload.name, counter);
    port.postMessage(await round(target, workload, counter));
  });
  port.postMessage('ready');
}

async function warmUp(target: BenchTarget, { operation, input }: Workload, calls: { next: number }): Promise<void> {
  for (let i = 0; i < WARM_UP_CALLS; i += 1) await target.run(operation, input(calls.next++));
}

await serve(parentPort as MessagePort);

/** A process of its own: the system of one rung in memory, with people in it. Load is sent to it by another process. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, type LocalSystem, startLocal } from '@hiroba/local';
import { publish } from '../../../../infra/publish.ts';
import type { RungName } from '../../../../infra/rungs.ts';
import { synthesizeTarget } from '../../../../infra/targets.ts';
import { installedLayers } from '../../../../infra/testing/installedLayers.ts';
import { answering } from '../../../../measure/answering.ts';
import { obey } from '../../../../measure/child.ts';
import { connectTo } from '../../../../measure/connectTo.ts';
import { cpuProfiler } from '../../../../measure/cpuProfiler.ts';
import { emailOf } from '../../../../seed/people.ts';
import { replay } from '../../../../seed/replay.ts';
import { members, populationPlan } from './population.ts';
import { countUnits, type UnitCounter, type Used } from './units.ts';

export interface Start {
  readonly rung: RungName;
  readonly throttle: boolean;
}

export interface Started {
  readonly endpoint: string;
  readonly apiKey: string;
  /** Of the members of the population, in their order. */
  readonly tokens: readonly string[];
  /** Epoch milliseconds by its clock, which runs on. */
  readonly now: number;
}

/** Within the life of the API keys of the Terraform with example names. */
const FROM = Date.UTC(2026, 10, 22);
const TELL_MILLISECONDS = 1_500;
const MAIL = { maxSendRate: 10_000, max24HourSend: -1 };

let running: { readonly system: LocalSystem; readonly folder: string; readonly units: UnitCounter } | undefined;
const profiler = cpuProfiler();

async function start({ rung, throttle }: Start): Promise<Started> {
  const target = await synthesizeTarget({ stage: 'prod', rung });
  const folder = await mkdtemp(join(tmpdir(), 'hiroba-load-'));
  publish(folder, answering(target.files));
  const since = Date.now();
  const clock: Clock = { now: () => FROM + Date.now() - since };
  const units = countUnits(`${target.config.namePrefix}-`, clock.now);
  const system = await startLocal({
    from: folder,
    port: 0,
    awsPort: 0,
    dataDirectory: null,
    layers: installedLayers,
    mail: MAIL,
    clock,
    throttle,
    onCall: units.onCall,
  });
  running = { system, folder, units };
  const { configuration } = system;
  if (!configuration) throw new Error('the Terraform has no GraphQL API');
  const seeded = await connectTo(system, folder);
  await replay(seeded, populationPlan(), { until: clock.now(), progress: tellPhases() });
  await seeded.control('clock', { Time: null });
  await system.idle();
  const tokens: string[] = [];
  for (const member of members) tokens.push(await seeded.signIn(emailOf(member)));
  return { endpoint: configuration.endpoint, apiKey: configuration.apiKey ?? '', tokens, now: clock.now() };
}

/** Filling takes its time: whoever waits sees that it goes on. */
function tellPhases(): (line: string) => void {
  let told = performance.now();
  return (line) => {
    if (performance.now() - told < TELL_MILLISECONDS) return;
    told = performance.now();
    console.error(`        ${line}`);
  };
}

obey(
  {
    start,
    /** What is counted from here on belongs to the run. */
    begin: () => running?.units.reset(),
    /** Waits until everything that follows from what was written is done: streams and queues use units, too. */
    async used(): Promise<Used | undefined> {
      await running?.system.idle();
      return running?.units.used();
    },
    profile: () => profiler.start(),
    profiled: () => profiler.stop(),
  },
  async () => {
    await running?.system.close();
    if (running) await rm(running.folder, { recursive: true });
  },
);

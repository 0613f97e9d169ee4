import { type Bill, billOf, byService } from '../../../../infra/bill/bill.ts';
import { readMeasured } from '../../../../infra/bill/measured.ts';
import { type Rung, type RungName, rungNames, rungs } from '../../../../infra/rungs.ts';
import { firstBottleneck } from '../advise/advise.ts';
import { type Latency, latencyAt } from '../latency/latency.ts';
import { type System, systemAt } from '../models/system.ts';
import { type Servers, serversAt } from '../servers/servers.ts';
import type { ResourceUse } from '../simulate/meters.ts';
import { type Outcome, simulate } from '../simulate/simulate.ts';
import { jump } from '../traffic/shape.ts';
import { type Turn, turns } from './turns.ts';

export interface Step {
  readonly rung: Rung;
  readonly outcome: Outcome;
  readonly bottleneck: ResourceUse | null;
  readonly closest: ResourceUse;
  /** Users for whom everything would just suffice at three times the average, if all grew evenly. */
  readonly suffices: number;
  readonly latency: Latency;
  /** Seconds that timelines are late at most. */
  readonly late: number;
  readonly price: Price;
}

/** Dollars a month. */
export interface Price {
  readonly all: number;
  /** Of it, what answers operations and keeps data: what servers and MySQL would do. */
  readonly answering: number;
  /** While nobody comes. */
  readonly idle: number;
  readonly servers: Servers;
}

/** A turn of the loop, run as it was and as it is. */
export interface Turned {
  readonly turn: Turn;
  readonly before: ResourceUse | null;
  readonly after: ResourceUse | null;
}

/** A working morning is three times the average. */
export const PEAK = 3;
/** Long enough for autoscaling to have acted twice. */
export const SECONDS = 600;

/** Seconds at the average before: capacity has followed it. */
export const WARM_UP = 900;

/** Each rung at the most users that it is for. */
export async function climb(progress: (line: string) => void): Promise<readonly Step[]> {
  const steps: Step[] = [];
  for (const name of rungNames) {
    progress(`simulating ${name} ...`);
    const rung = rungs[name];
    const outcome = morning(await systemAt(name));
    const [closest] = outcome.resources;
    if (!closest) throw new Error(`nothing was used at ${name}`);
    const bottleneck = firstBottleneck(outcome);
    const deciding = bottleneck ?? closest;
    const reads = outcome.operations - outcome.writes;
    steps.push({
      rung,
      outcome,
      bottleneck,
      closest,
      suffices: Math.floor((rung.to * deciding.worst.limit) / deciding.worst.used),
      latency: await latencyAt(name, outcome.edgeHits / reads),
      late: useOf(outcome, 'queue fanOut')?.worst.used ?? 0,
      price: await priceOf(name),
    });
  }
  return steps;
}

/** What was found and removed on the way, each before and after in this run. */
export async function retrace(progress: (line: string) => void): Promise<readonly Turned[]> {
  const turned: Turned[] = [];
  for (const turn of turns) {
    progress(`simulating ${turn.rung} as it was: ${turn.before.name} ...`);
    const system = await systemAt(turn.rung);
    const before = morning(turn.before.alter(system));
    turned.push({ turn, before: useOf(before, turn.resource), after: useOf(morning(system), turn.resource) });
  }
  return turned;
}

const useOf = ({ resources }: Outcome, resource: string): ResourceUse | null =>
  resources.find((use) => use.resource === resource) ?? null;

function morning(system: System): Outcome {
  return simulate({
    system,
    users: rungs[system.rung].to,
    seconds: SECONDS,
    warmUp: WARM_UP,
    shape: jump(WARM_UP, PEAK),
    seed: 'ladder',
    // The schedule has done its part.
    hour: 9,
  });
}

const ANSWERING = ['AppSync', 'AppSync cache', 'DynamoDB requests', 'DynamoDB storage', 'Lambda'] as const;

async function priceOf(rung: RungName): Promise<Price> {
  const users = rungs[rung].to;
  const bill = (reading: Bill['reading']): Promise<Bill> =>
    billOf({ rung, users, region: 'us-east-1', reading }, readMeasured());
  const [busy, idle] = [await bill('page'), await bill(null)];
  const sums = byService(busy);
  return {
    all: busy.usd,
    answering: ANSWERING.reduce((sum, service) => sum + sums[service], 0),
    idle: idle.usd,
    servers: serversAt(rung, users),
  };
}

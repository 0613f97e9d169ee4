import { type Rung, rungNames, rungs } from '../../../../infra/rungs.ts';
import { firstBottleneck } from '../advise/advise.ts';
import { systemAt } from '../models/system.ts';
import type { ResourceUse } from '../simulate/meters.ts';
import { type Outcome, simulate } from '../simulate/simulate.ts';
import { jump } from '../traffic/shape.ts';

export interface Step {
  readonly rung: Rung;
  readonly outcome: Outcome;
  readonly bottleneck: ResourceUse | null;
  readonly closest: ResourceUse;
  /** Users for whom everything would just suffice at three times the average, if all grew evenly. */
  readonly suffices: number;
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
    const outcome = simulate({
      system: await systemAt(name),
      users: rung.to,
      seconds: SECONDS,
      warmUp: WARM_UP,
      shape: jump(WARM_UP, PEAK),
      seed: 'ladder',
      // The schedule has done its part.
      hour: 9,
    });
    const [closest] = outcome.resources;
    if (!closest) throw new Error(`nothing was used at ${name}`);
    const bottleneck = firstBottleneck(outcome);
    const deciding = bottleneck ?? closest;
    steps.push({
      rung,
      outcome,
      bottleneck,
      closest,
      suffices: Math.floor((rung.to * deciding.worst.limit) / deciding.worst.used),
    });
  }
  return steps;
}

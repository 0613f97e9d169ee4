import { type RungName, rungNames } from '../../../../infra/rungs.ts';
import { type System, systemAt } from '../models/system.ts';
import type { ResourceUse } from '../simulate/meters.ts';
import { type Outcome, type Run, simulate } from '../simulate/simulate.ts';
import type { Alteration } from '../scenarios/scenario.ts';

export interface Answer {
  readonly name: string;
  /** Dollars a month more than where one stands, at each rung's full size. `null`: no rung, and nothing by the hour. */
  readonly price: number | null;
  readonly outcome: Outcome;
  /** Whether the bottleneck is gone. */
  readonly removes: boolean;
}

export interface Advice {
  readonly outcome: Outcome;
  /** What did not suffice first. `null`: everything did. */
  readonly bottleneck: ResourceUse | null;
  /** Users at which it would just suffice, if everything grew evenly. */
  readonly suffices: number | null;
  /** What was tried, in order; the last is the first that removes it, if any does. */
  readonly tried: readonly Answer[];
}

/** What was refused first; of those at the same second what was asked for most beyond its limit. */
export function firstBottleneck({ resources }: Outcome): ResourceUse | null {
  const refused = resources.filter(({ throttledSeconds }) => throttledSeconds > 1);
  const ratio = ({ worst }: ResourceUse): number => worst.used / worst.limit;
  return (
    [...refused].sort((a, b) => (a.firstThrottled ?? 0) - (b.firstThrottled ?? 0) || ratio(b) - ratio(a))[0] ?? null
  );
}

export interface Question {
  readonly rung: RungName;
  readonly given?: Alteration | undefined;
  readonly load: Omit<Run, 'system'>;
  /** Settings to try beside the rungs above. */
  readonly settings?: readonly Alteration[];
}

/** Runs it, names what breaks first, and runs it again with each thing that might help until one does. */
export async function advise(
  { rung, given, load, settings = [] }: Question,
  progress: (line: string) => void = () => undefined,
): Promise<Advice> {
  const at = async (name: RungName, more?: Alteration): Promise<System> => {
    const system = await systemAt(name);
    const altered = given ? given.alter(system) : system;
    return more ? more.alter(altered) : altered;
  };
  const start = await at(rung);
  progress(`simulating ${rung} ...`);
  const outcome = simulate({ ...load, system: start });
  const bottleneck = firstBottleneck(outcome);
  if (!bottleneck) return { outcome, bottleneck, suffices: null, tried: [] };
  const suffices = Math.floor((load.users * bottleneck.worst.limit) / bottleneck.worst.used);
  const tried: Answer[] = [];
  const attempt = async (name: string, system: System, price: number | null): Promise<boolean> => {
    progress(`simulating ${name} ...`);
    const next = simulate({ ...load, system });
    const same = next.resources.find(({ resource }) => resource === bottleneck.resource);
    const removes = (same?.throttledSeconds ?? 0) <= 1;
    tried.push({ name, price, outcome: next, removes });
    return removes;
  };
  for (const setting of settings)
    if (await attempt(setting.name, await at(rung, setting), null)) return { outcome, bottleneck, suffices, tried };
  for (const name of rungNames.slice(rungNames.indexOf(rung) + 1)) {
    const system = await at(name);
    if (await attempt(name, system, system.monthlyPrice - start.monthlyPrice)) break;
  }
  return { outcome, bottleneck, suffices, tried };
}

import { parseArgs } from 'node:util';
import { isRung, rungNames, type RungName } from '../../../../infra/rungs.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { scenarios } from '../scenarios/scenarios.ts';
import type { Run } from '../simulate/simulate.ts';
import { times } from '../traffic/shape.ts';
import { BadOption } from '../badOption.ts';
import { numberOf } from './numberOf.ts';

export interface Chosen {
  readonly rung: RungName;
  readonly scenario: Scenario | null;
  readonly load: Omit<Run, 'system'>;
  readonly json: boolean;
  readonly help: boolean;
}

export const FLAGS = `  --users N        a month (default 1000000)
  --rung NAME      ${rungNames.join(', ')} (default users+++)
  --peak X         times the average (default 3, the morning's)
  --seconds N      of virtual time (default 60)
  --reading KIND   page: an operation reads 20 items; literal: each read is an operation (default page)
  --scenario NAME  ${scenarios.map(({ name }) => name).join(', ')}; instead of the five above
  --seed TEXT      the same seed, the same bytes (default hiroba)
  --json           for machines
  --help`;

/** @throws BadOption */
export function optionsOf(args: readonly string[]): Chosen {
  const { values } = parsed(args);
  const scenario = values.scenario === undefined ? null : scenarioOf(values.scenario);
  const rung = values.rung;
  if (!isRung(rung)) throw new BadOption(`--rung must be one of ${rungNames.join(', ')}, not "${rung}".`);
  if (values.reading !== 'page' && values.reading !== 'literal')
    throw new BadOption(`--reading must be page or literal, not "${values.reading}".`);
  const load = scenario?.load ?? {
    users: numberOf('--users', values.users, { least: 1, most: 1e9, whole: true }),
    seconds: numberOf('--seconds', values.seconds, { least: 1, most: 86_400, whole: true }),
    shape: times(numberOf('--peak', values.peak, { least: 0.01, most: 1_000, whole: false })),
    reading: values.reading,
  };
  return {
    rung: scenario?.rung ?? rung,
    scenario,
    load: { ...load, seed: values.seed },
    json: values.json,
    help: values.help,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        users: { type: 'string', default: '1000000' },
        rung: { type: 'string', default: 'users+++' },
        peak: { type: 'string', default: '3' },
        seconds: { type: 'string', default: '60' },
        reading: { type: 'string', default: 'page' },
        scenario: { type: 'string' },
        seed: { type: 'string', default: 'hiroba' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new BadOption(error instanceof Error ? error.message : String(error));
  }
}

function scenarioOf(name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (!found)
    throw new BadOption(`--scenario must be one of ${scenarios.map((each) => each.name).join(', ')}, not "${name}".`);
  return found;
}

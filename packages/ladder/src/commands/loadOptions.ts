import { parseArgs } from 'node:util';
import { isRung, rungNames } from '../../../../infra/rungs.ts';
import { BadOption } from '../badOption.ts';
import type { LoadOptions } from '../load/load.ts';
import { isPattern, patternNames } from '../load/pattern.ts';
import { numberOf } from './numberOf.ts';

export interface LoadCommand {
  readonly options: LoadOptions;
  /** The file of the page that is written; `null`: none. */
  readonly html: string | null;
  readonly json: boolean;
}

export const LOAD_USAGE = `Usage: npm run load -- [flags]

Sends the persisted operations in the mix of the bill, by the seed, and tells what came of it: latencies, errors, units, hot keys.
Without --endpoint it starts a system of its own in memory, fills it and stops it.

  --pattern NAME     ${patternNames.join(', ')} (default steady)
  --reads N          items read a second; a hundredth of it is written (default 400)
  --most             as fast as answers come instead
  --seconds N        (default 30)
  --warm-up N        seconds before, which are not counted (default 3)
  --reading KIND     page: an operation reads 20 items; literal: each read is an operation (default page)
  --connections N    (default 32)
  --profile          where the time goes: resolver by resolver, and on the processor
  --seed TEXT        the same seed, the same operations in the same order (default hiroba)
  --html FILE        the report as a page (default load/index.html)
  --json             the report for machines instead of the text
  --help

of a system of its own:
  --rung NAME        ${rungNames.join(', ')} (default users)
  --throttle         DynamoDB refuses what is beyond the capacity of the rung's tables

of one that runs:
  --endpoint URL     its address, of its config.json, or a file like it; load writes posts, comments and likes there
  --people FILE      who signs in (default seed/users.json)
  --hashtag NAME     whose page is read (default 俳句)
  --yes              the endpoint is not on this machine, and what is sent there is paid for`;

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

/** @throws BadOption */
export function loadOptionsOf(args: readonly string[]): LoadCommand | 'help' {
  const values = parsed(args);
  if (values.help) return 'help';
  const { pattern, rung, reading, endpoint } = values;
  if (!isPattern(pattern))
    throw new BadOption(`--pattern must be one of ${patternNames.join(', ')}, not "${pattern}".`);
  if (!isRung(rung)) throw new BadOption(`--rung must be one of ${rungNames.join(', ')}, not "${rung}".`);
  if (reading !== 'page' && reading !== 'literal')
    throw new BadOption(`--reading must be page or literal, not "${reading}".`);
  if (endpoint !== undefined && !values.yes && !isHere(endpoint))
    throw new BadOption(
      `--endpoint ${endpoint} is not on this machine: every operation costs money there. Add --yes when that is meant.`,
    );
  return {
    html: values.html === '' ? null : values.html,
    json: values.json,
    options: {
      pattern,
      rung,
      reading,
      reads: numberOf('--reads', values.reads, { least: 1, most: 1_000_000, whole: false }),
      seconds: numberOf('--seconds', values.seconds, { least: 1, most: 3_600, whole: true }),
      warmUp: numberOf('--warm-up', values['warm-up'], { least: 0, most: 600, whole: true }),
      connections: numberOf('--connections', values.connections, { least: 1, most: 1_000, whole: true }),
      seed: values.seed,
      pace: values.most ? 'most' : 'due',
      profile: values.profile,
      throttle: values.throttle,
      running: endpoint === undefined ? null : { endpoint, people: values.people, hashtag: values.hashtag },
    },
  };
}

/** A file says where it leads; who names one has looked. */
function isHere(endpoint: string): boolean {
  if (!/^https?:/.test(endpoint)) return false;
  try {
    return LOCAL.has(new URL(endpoint).hostname);
  } catch {
    throw new BadOption(`--endpoint must be an address as http://localhost:4000, not "${endpoint}".`);
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        pattern: { type: 'string', default: 'steady' },
        reads: { type: 'string', default: '400' },
        most: { type: 'boolean', default: false },
        seconds: { type: 'string', default: '30' },
        'warm-up': { type: 'string', default: '3' },
        reading: { type: 'string', default: 'page' },
        connections: { type: 'string', default: '32' },
        profile: { type: 'boolean', default: false },
        seed: { type: 'string', default: 'hiroba' },
        html: { type: 'string', default: 'load/index.html' },
        json: { type: 'boolean', default: false },
        rung: { type: 'string', default: 'users' },
        throttle: { type: 'boolean', default: false },
        endpoint: { type: 'string' },
        people: { type: 'string', default: 'seed/users.json' },
        hashtag: { type: 'string', default: '俳句' },
        yes: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new BadOption(error instanceof Error ? error.message : String(error));
  }
}

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readSharedCredentials } from './aws/sharedCredentials.ts';
import { type ClockTime, readClockTime } from './command/clockTime.ts';
import { control, ControlError, type ControlTarget } from './command/control.ts';
import {
  describeClock,
  describeJourney,
  toSeconds,
  type ClockAnswer,
  type JourneyAnswer,
} from './command/describeClock.ts';
import { portNumber, UsageError } from './command/options.ts';

const USAGE = `Usage: npm run clock -- [TIME] [flags]

Tells the running system's time, or moves it. TIME is one of

  +90m, +1d, +1d12h      from where it is; s, m, h, d and w
  2026-12-01T07:00:00Z   a time with its zone, or a date
  now                    follows this machine's clock again

On the way forward it stops at each time for which something waits - schedules, retries, items that expire - lets that happen, and
goes on. Back it jumps.

  --jump           jump forward, too: schedules on the way miss their runs
  --data DIR       where the keys are (default .hiroba); AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY take precedence
  --aws-port N     the AWS endpoint (default 4001)
  --help           this text`;

/** Moves that take longer are told of on the way. */
const QUIET_MILLISECONDS = 2_000;

async function main(): Promise<void> {
  const { values, positionals } = parse(process.argv.slice(2));
  if (values.help) return console.log(USAGE);
  if (positionals.length > 1) throw new UsageError(`One time at a time, not ${positionals.join(' and ')}.`);
  const target: ControlTarget = {
    endpoint: `http://localhost:${portNumber('--aws-port', values['aws-port'])}`,
    credentials: readSharedCredentials(resolve(values.data)),
  };
  const wanted = positionals[0] === undefined ? null : readClockTime(positionals[0]);
  const before = (await control(target, 'clock', {})) as unknown as ClockAnswer;
  if (wanted === null) return console.log(describeClock(before));
  if (wanted === 'now') {
    const after = (await control(target, 'clock', { Time: null })) as unknown as ClockAnswer;
    return console.log(describeClock(after));
  }
  const to = timeOf(wanted, Date.parse(before.Time));
  const jumps = values.jump || to < Date.parse(before.Time);
  if (jumps) {
    const after = (await control(target, 'travel', { To: iso(to), Jump: true })) as unknown as ClockAnswer;
    return console.log(describeClock(after));
  }
  await travel(target, to);
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        jump: { type: 'boolean', default: false },
        data: { type: 'string', default: '.hiroba' },
        'aws-port': { type: 'string', default: '4001' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

const timeOf = (wanted: Exclude<ClockTime, 'now'>, here: number): number =>
  'at' in wanted ? wanted.at : here + wanted.milliseconds;

async function travel(target: ControlTarget, to: number): Promise<void> {
  const started = performance.now();
  const ask = async (input: Readonly<Record<string, string | boolean>>): Promise<JourneyAnswer> =>
    (await control(target, 'travel', input)) as unknown as JourneyAnswer;
  // Without it the clock would go on by itself, and nobody would see where to.
  process.once('SIGINT', () => void ask({ Cancel: true }).finally(() => process.exit(130)));
  let answer = await ask({ To: iso(to) });
  while (answer.State === 'MOVING') {
    if (performance.now() - started > QUIET_MILLISECONDS)
      console.log(`  ${toSeconds(answer.Time)}: ${describeJourney(answer)}`);
    answer = await ask({});
  }
  console.log(describeClock(answer));
  console.log(describeJourney(answer));
  if (answer.Problem !== undefined) throw new ControlError(answer.Problem);
}

const iso = (epochMilliseconds: number): string => new Date(epochMilliseconds).toISOString();

main().catch((error: unknown) => {
  const isOurs = error instanceof UsageError || error instanceof ControlError;
  console.error(isOurs || error instanceof Error ? `error: ${error.message}` : error);
  if (error instanceof UsageError) console.error(`\n${USAGE}`);
  process.exit(1);
});

import type { Journey } from './journey.ts';
import type { Step } from './steps.ts';

/** A journey for people: one line for each step, and below it what went wrong. */
export function report({ trace, steps, others }: Journey, where: string): readonly string[] {
  const [first] = steps;
  const rows = steps.map((step) => ({
    time: step.at.slice(11, 23),
    after: after(step, first),
    where: step.where,
    what: whatOf(step),
    took: step.milliseconds === null ? '' : `${step.milliseconds} ms`,
  }));
  const widest = (of: (row: (typeof rows)[number]) => string): number => Math.max(...rows.map((row) => of(row).length));
  const widths = {
    after: widest((row) => row.after),
    where: widest((row) => row.where),
    what: widest((row) => row.what),
  };
  const lines = rows.flatMap((row, index) => [
    [row.time, row.after.padStart(widths.after), row.where.padEnd(widths.where), row.what.padEnd(widths.what), row.took]
      .join('  ')
      .trimEnd(),
    ...troublesOf(steps[index] as Step),
  ]);
  const heading = `trace ${trace ?? 'unknown'}, from ${first?.at ?? ''}, ${where}`;
  return [heading, '', ...lines, '', ...summary(steps), ...hints(trace, others)];
}

function after({ at }: Step, first: Step | undefined): string {
  const milliseconds = Date.parse(at) - Date.parse(first?.at ?? at);
  if (milliseconds < 1_000) return `+${milliseconds} ms`;
  if (milliseconds < 60_000) return `+${(milliseconds / 1_000).toFixed(1)} s`;
  if (milliseconds < 3_600_000) return `+${(milliseconds / 60_000).toFixed(1)} min`;
  return `+${(milliseconds / 3_600_000).toFixed(1)} h`;
}

function whatOf({ what, status, batch, counts }: Step): string {
  const done = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  const of = batch === null || batch < 2 ? what : `${what}, one of ${batch}`;
  return [status === null ? of : `${of}: ${status}`, done.join(', ')].filter((part) => part !== '').join('; ');
}

function troublesOf({ problems, retried, givenUp }: Step): readonly string[] {
  return [
    ...problems.map((problem) => `    ! ${problem}`),
    ...(retried ? ['    ! to be delivered again'] : []),
    ...(givenUp ? ['    ! given up: see npm run redrive'] : []),
  ];
}

function summary(steps: readonly Step[]): readonly string[] {
  const count = (is: (step: Step) => boolean): number => steps.filter(is).length;
  const parts = [
    `${steps.length} ${steps.length === 1 ? 'step' : 'steps'}`,
    `${count(({ problems }) => problems.length > 0)} with problems`,
    `${count(({ retried }) => retried)} delivered again`,
    `${count(({ givenUp }) => givenUp)} given up`,
  ];
  return [`${parts.join(', ')}. What a batch did and failed at may be of other requests in it.`];
}

function hints(trace: string | null, others: readonly string[]): readonly string[] {
  if (trace !== null) return [];
  if (others.length > 0) {
    return ['', 'The invocation worked for these; follow one:', ...others.map((one) => `  npm run trace -- ${one}`)];
  }
  return ['', "The API's log does not tell the trace of a request: the header hiroba-trace of its answer does."];
}

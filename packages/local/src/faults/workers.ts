import type { Around } from '../services/lambda/index.ts';
import type { Faults } from './faults.ts';

/** How long a function is taken to run before it has been seen to. */
const FIRST_GUESS_MILLISECONDS = 50;

/**
 * Kills the execution environment of an invocation at some moment of its usual duration; where it ends sooner, after it has
 * done everything and before it can say so.
 */
export function killingWorkers(faults: Faults): Around {
  const durations = new Map<string, number>();
  return async ({ functionName, payload, kill }, run) => {
    const key = `${functionName} ${contentOf(payload)}`;
    if (!faults.strikes('workerKilled', key)) {
      const begun = performance.now();
      const outcome = await run();
      durations.set(functionName, performance.now() - begun);
      return outcome;
    }
    const usual = durations.get(functionName) ?? FIRST_GUESS_MILLISECONDS;
    let killed: ReturnType<typeof kill> | null = null;
    const timer = setTimeout(
      () => {
        killed = kill();
      },
      usual * faults.fraction('workerKilled', key),
    );
    try {
      await run();
      return killed ?? kill();
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Members of events that differ from run to run, and from attempt to attempt, for the same content. */
const VOLATILE = new Set([
  'ApproximateCreationDateTime',
  'SequenceNumber',
  'attributes',
  'eventID',
  'eventTime',
  'messageId',
  'receiptHandle',
  'responseElements',
  'sequencer',
]);

function contentOf(payload: string): string {
  return JSON.stringify(JSON.parse(payload), (name, value: unknown) => (VOLATILE.has(name) ? undefined : value));
}

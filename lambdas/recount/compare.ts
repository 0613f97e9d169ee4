import { writeLog } from '../shared/log.ts';
import type { Job } from '../shared/queueHandler.ts';
import type { Count } from '../shared/recountMessages.ts';
import type { OutgoingMessage } from '../shared/sendMessages.ts';
import { countStep } from './countStep.ts';
import { correctCounter, readCounter } from './storedCounter.ts';

/** Rounds in a row that must find the same difference before it is believed. */
const ROUNDS = 3;
/** After so many without that, the counter is left to another night. */
const MAX_ROUNDS = 6;
/** Between two rounds: as long as SQS delays a message, and many times what a change takes to be counted. */
const PAUSE_SECONDS = 900;

/**
 * Goes on with one counter. Changes that are on their way to it look like a difference, and pass; one that is the same in
 * three rounds, half an hour apart, is an error, which is repaired and told of.
 * @returns what goes on with it, later or in the next step; undefined: it is done.
 */
export async function compare(message: Count, job: Job): Promise<OutgoingMessage | undefined> {
  const { counter, id } = message;
  const step = await countStep(counter, id, message.position);
  const counted = message.counted + step.counted;
  if (step.next) return { body: { ...message, counted, position: step.next } satisfies Count };

  const seen = await readCounter(counter, id);
  const difference = counted - (seen ?? 0);
  if (difference === 0) {
    job.count('right');
    return undefined;
  }
  const differences = [...message.differences, difference];
  const isBelieved = differences.length >= ROUNDS && differences.slice(-ROUNDS).every((each) => each === difference);
  if (isBelieved && (await correctCounter(counter, id, { seen, by: difference }))) {
    job.count('repaired');
    tell(message, { was: seen ?? 0, is: counted });
    return undefined;
  }
  if (differences.length >= MAX_ROUNDS) {
    job.count('unsettled');
    return undefined;
  }
  job.count('different');
  const again: Count = { kind: 'count', counter, id, counted: 0, differences };
  return { body: again, delaySeconds: PAUSE_SECONDS };
}

/** As an error, which somebody is told of: counters are exact, so something has lost a change or counted one twice. */
function tell({ counter, id }: Count, { was, is }: { readonly was: number; readonly is: number }): void {
  writeLog({
    level: 'ERROR',
    function: 'recount',
    errorType: 'WrongCounter',
    errorMessage: `${counter} of ${id} was ${was} and is ${is}`,
    counter,
    id,
    was,
    is,
  });
}

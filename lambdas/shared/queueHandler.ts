import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { forEach } from './concurrency.ts';
import { required } from './environment.ts';
import { describeError, tally, writeLog } from './log.ts';
import { MalformedMessage, readMessage, type Message } from './messages.ts';
import { sendMessages } from './sendMessages.ts';

/** The invocation that a message is worked on in. */
export interface Job {
  /** Counted in the log line. */
  count(what: string, by?: number): void;
  /** What began it all, where not the message tells but what it is about: named in the log line. */
  follow(trace: string | undefined): void;
  /** Told in the log, and left at that. */
  warn(error: unknown): void;
  /** Milliseconds until Lambda ends the function. */
  remaining(): number;
}

export type QueueHandler = (event: SQSEvent, context?: Context) => Promise<SQSBatchResponse>;

/** What is told in full; the log line has the number of all. */
const MAX_DETAILS = 10;
/** Without Lambda's word, as in a test. */
const ASSUMED_MILLISECONDS = 30_000;

/**
 * A Lambda function on an SQS queue with ReportBatchItemFailures. A message comes at least once, so `work` must bear a
 * repetition; what it throws delivers that message again, and the last time sends it to the dead-letter queue with the
 * reason as an attribute. One that `read` makes nothing of goes there at once.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function queueHandler<Body>(
  name: string,
  read: (body: unknown) => Body,
  work: (message: Message<Body>, job: Job) => Promise<void>,
): QueueHandler {
  return async ({ Records }, context) => {
    const start = performance.now();
    const counts = tally();
    const failures: { readonly id: string; readonly error: string; readonly givenUp: boolean }[] = [];
    const warnings: string[] = [];
    const traces = new Set<string>();
    const again = new Set<string>();
    const job: Job = {
      count: counts.add,
      follow: (trace) => void (trace !== undefined && traces.add(trace)),
      warn: (error) => void warnings.push(describeError(error)),
      remaining: () => context?.getRemainingTimeInMillis() ?? ASSUMED_MILLISECONDS,
    };

    await forEach(Records, async (record) => {
      try {
        const message = readMessage(record, read);
        if (message.trace !== undefined) traces.add(message.trace);
        await work(message, job);
      } catch (error) {
        const givenUp = isHopeless(record, error) && (await giveUp(record, error, job));
        failures.push({ id: record.messageId, error: describeError(error), givenUp });
        if (!givenUp) again.add(record.messageId);
      }
    });

    writeLog({
      level: failures.length > 0 ? 'ERROR' : warnings.length > 0 ? 'WARN' : 'INFO',
      function: name,
      requestId: context?.awsRequestId,
      source: Records[0]?.eventSourceARN,
      messages: Records.length,
      counts: counts.all(),
      failed: failures.length,
      failures: failures.slice(0, MAX_DETAILS),
      warnings: warnings.slice(0, MAX_DETAILS),
      traces: [...traces].slice(0, MAX_DETAILS),
      milliseconds: Math.round(performance.now() - start),
    });
    return { batchItemFailures: [...again].map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

function isHopeless({ attributes }: SQSRecord, error: unknown): boolean {
  const last = Number(attributes.ApproximateReceiveCount) >= Number(required('MAX_RECEIVES'));
  return last || error instanceof MalformedMessage;
}

/** SQS itself would move the message without a word of why. When this fails, it does. */
async function giveUp({ messageId, body, messageAttributes }: SQSRecord, reason: unknown, job: Job): Promise<boolean> {
  const texts = Object.entries(messageAttributes).flatMap(([key, { stringValue }]) =>
    stringValue === undefined ? [] : [[key, stringValue] as const],
  );
  const attributes = { ...Object.fromEntries(texts), reason: describeError(reason).slice(0, 1_000), messageId };
  try {
    await sendMessages(required('DEAD_QUEUE_URL'), [{ text: body, attributes }]);
    job.count('given up');
    return true;
  } catch (error) {
    job.warn(error);
    return false;
  }
}

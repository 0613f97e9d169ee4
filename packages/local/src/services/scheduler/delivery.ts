import type { Account } from '../../aws/account.ts';
import { AwsError } from '../../aws/error.ts';
import type { Clock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import { FIRST_RETRY_DELAY_MILLISECONDS, LONGEST_RETRY_DELAY_MILLISECONDS } from './limits.ts';
import type { ScheduleDefinition, TargetPorts } from './model.ts';
import { isoSeconds, payloadOf, type Attempt } from './payload.ts';
import type { StoredRun } from './store.ts';

/** What became of one attempt. `retryAt` in epoch milliseconds; null: given up. */
export type Outcome =
  | { readonly delivered: true }
  | { readonly delivered: false; readonly reason: string; readonly retryAt: number | null };

export interface DeliveryOptions {
  readonly account: Account;
  readonly clock: Clock;
  readonly random: Random;
  readonly targets: TargetPorts;
  readonly log: (message: string) => void;
}

/** Tries once to hand the event of a run to its target; what is given up goes to the dead letter queue, where there is one. */
export async function deliver(
  schedule: ScheduleDefinition,
  run: StoredRun,
  options: DeliveryOptions,
): Promise<Outcome> {
  const attempt: Attempt = {
    executionId: options.random.bytes(8).toString('hex'),
    scheduledTime: run.scheduledTime,
    number: run.failures + 1,
  };
  const payload = payloadOf(schedule, attempt, options.account);
  try {
    await send(schedule, payload, options.targets);
    return { delivered: true };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const reason = `${error.code}: ${error.message}`;
    const next = nextAttempt(schedule, run, error, options.clock.now());
    if ('retryAt' in next) {
      options.log(`${schedule.address}: attempt ${attempt.number} failed and is tried again: ${reason}`);
      return { delivered: false, reason, retryAt: next.retryAt };
    }
    options.log(`${schedule.address}: given up after attempt ${attempt.number}: ${reason}`);
    await sendDeadLetter(schedule, { attempt, payload, error, exhausted: next.exhausted }, options);
    return { delivered: false, reason, retryAt: null };
  }
}

function send({ target }: ScheduleDefinition, payload: string, targets: TargetPorts): Promise<void> {
  const { arn, principal, messageGroupId } = target;
  return arn.startsWith('arn:aws:lambda:')
    ? targets.invokeFunction(arn, payload, principal)
    : targets.sendMessage(arn, { body: payload, attributes: {}, messageGroupId }, principal);
}

type Exhausted = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds' | null;

function nextAttempt(
  { target }: ScheduleDefinition,
  { failures, firstDue }: StoredRun,
  error: AwsError,
  now: number,
): { readonly retryAt: number } | { readonly exhausted: Exhausted } {
  if (!isTransient(error)) return { exhausted: null };
  if (failures >= target.maximumRetryAttempts) return { exhausted: 'MaximumRetryAttempts' };
  const delay = Math.min(FIRST_RETRY_DELAY_MILLISECONDS * 2 ** failures, LONGEST_RETRY_DELAY_MILLISECONDS);
  const isTooOld = now + delay > firstDue + target.maximumEventAgeSeconds * 1000;
  return isTooOld ? { exhausted: 'MaximumEventAgeInSeconds' } : { retryAt: now + delay };
}

/**
 * What can be different the next time. AWS says of EventBridge's rules that a missing permission or target is not tried
 * again (EventBridge User Guide, "How EventBridge retries delivering events"), and nothing of Scheduler's.
 */
const isTransient = ({ code, statusCode }: AwsError): boolean =>
  (statusCode >= 500 && code !== 'NotEmulated') || /Throttl|TooManyRequests|SlowDown|LimitExceeded/i.test(code);

interface DeadLetter {
  readonly attempt: Attempt;
  readonly payload: string;
  readonly error: AwsError;
  readonly exhausted: Exhausted;
}

/** User Guide, "Configuring a schedule's dead-letter queue": the body is what the target should have got. */
async function sendDeadLetter(
  { arn, address, target }: ScheduleDefinition,
  { attempt, payload, error, exhausted }: DeadLetter,
  { targets, log }: DeliveryOptions,
): Promise<void> {
  if (target.deadLetterQueueArn === null) return;
  const attributes = {
    ERROR_CODE: error.code,
    ERROR_MESSAGE: error.message,
    EXECUTION_ID: attempt.executionId,
    ...(exhausted === null ? {} : { EXHAUSTED_RETRY_CONDITION: exhausted }),
    IS_PAYLOAD_TRUNCATED: 'false',
    RETRY_ATTEMPTS: String(attempt.number - 1),
    SCHEDULED_TIME: isoSeconds(attempt.scheduledTime),
    SCHEDULE_ARN: arn,
    TARGET_ARN: target.arn,
  };
  try {
    const message = { body: payload, attributes, messageGroupId: null };
    await targets.sendMessage(target.deadLetterQueueArn, message, target.principal);
  } catch (cause) {
    if (!(cause instanceof AwsError)) throw cause;
    log(`${address}: the dead letter queue ${target.deadLetterQueueArn} refused: ${cause.code}: ${cause.message}`);
  }
}

import type { Account } from '../../aws/account.ts';
import type { ScheduleDefinition } from './model.ts';

/** One attempt to call a target. */
export interface Attempt {
  /** Sixteen hexadecimal digits, another for each attempt. */
  readonly executionId: string;
  /** Epoch milliseconds. */
  readonly scheduledTime: number;
  /** From 1. */
  readonly number: number;
}

/**
 * The input with its keywords replaced (User Guide, "Adding context attributes"); without an input the event that AWS
 * makes up, whose `detail` is a string.
 */
export function payloadOf({ arn, target }: ScheduleDefinition, attempt: Attempt, account: Account): string {
  if (target.input === null) return JSON.stringify(scheduledEvent(arn, attempt, account));
  const values: Readonly<Record<string, string>> = {
    'schedule-arn': arn,
    'scheduled-time': isoSeconds(attempt.scheduledTime),
    'execution-id': attempt.executionId,
    'attempt-number': String(attempt.number),
  };
  return target.input.replace(/<aws\.scheduler\.([a-z-]+)>/g, (keyword, name: string) =>
    Object.hasOwn(values, name) ? values[name]! : keyword,
  );
}

function scheduledEvent(arn: string, { executionId, scheduledTime }: Attempt, { region, accountId }: Account) {
  return {
    version: '0',
    id: executionId,
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: accountId,
    time: isoSeconds(scheduledTime),
    region,
    resources: [arn],
    detail: '{}',
  };
}

/** `2026-03-22T18:59:43Z` */
export const isoSeconds = (epochMilliseconds: number): string =>
  new Date(epochMilliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z');

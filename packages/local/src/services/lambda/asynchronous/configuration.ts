import { AwsError } from '../../../aws/error.ts';

/** What becomes of events that a function is given with `InvocationType: Event`. */
export interface AsynchronousConfiguration {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  /** Queues; null: none. */
  readonly deadLetterQueueArn: string | null;
  readonly onFailureQueueArn: string | null;
  readonly onSuccessQueueArn: string | null;
}

/** Lambda Developer Guide, "Configuring error handling settings for Lambda asynchronous invocations". */
export const DEFAULT_ASYNCHRONOUS: AsynchronousConfiguration = {
  maximumRetryAttempts: 2,
  maximumEventAgeSeconds: 21_600,
  deadLetterQueueArn: null,
  onFailureQueueArn: null,
  onSuccessQueueArn: null,
};

/** After the first attempt AWS waits one minute, then two. */
export const RETRY_DELAYS_MILLISECONDS = [60_000, 120_000] as const;

/** Throws `AwsError` `InvalidParameterValueException` with the Terraform address. */
export function checkAsynchronous(address: string, configuration: AsynchronousConfiguration): void {
  const { maximumRetryAttempts: retries, maximumEventAgeSeconds: age } = configuration;
  if (!Number.isInteger(retries) || retries < 0 || retries > 2) {
    throw invalid(address, `maximum_retry_attempts ${retries} must be between 0 and 2`);
  }
  if (!Number.isInteger(age) || age < 60 || age > 21_600) {
    throw invalid(address, `maximum_event_age_in_seconds ${age} must be between 60 and 21600`);
  }
}

const invalid = (address: string, problem: string): AwsError =>
  new AwsError('InvalidParameterValueException', `${address}: ${problem}`);

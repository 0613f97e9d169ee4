import { AwsError } from '../../../aws/error.ts';

/** An event source mapping of a queue as the Terraform describes it, with AWS's defaults filled in by the caller. */
export interface QueueMappingConfiguration {
  /** The Terraform address, for messages. */
  readonly address: string;
  readonly batchSize: number;
  readonly maximumBatchingWindowInSeconds: number;
  /** JSON texts; a message goes to the function when any of them matches, and is deleted otherwise. None: all messages. */
  readonly filterPatterns: readonly string[];
  readonly functionResponseTypes: readonly string[];
  /** Batches at the same time; null: as many as Lambda begins with. */
  readonly maximumConcurrency: number | null;
}

/** Of the function, since Lambda compares it with the queue. */
export interface FedFunction {
  readonly timeoutSeconds: number;
  /** How many batches it can take at once. */
  readonly concurrency: number;
}

/**
 * Lambda Developer Guide, "Lambda parameters for Amazon SQS event source mappings" and "Configuring a queue to use with
 * Lambda". Throws `AwsError` `InvalidParameterValueException` with the Terraform address.
 */
export function checkQueueMapping(
  mapping: QueueMappingConfiguration,
  { timeoutSeconds }: FedFunction,
  visibilityTimeoutSeconds: number,
): void {
  const { address, batchSize, maximumBatchingWindowInSeconds: window, maximumConcurrency } = mapping;
  if (!isBetween(batchSize, 1, 10_000)) throw invalid(address, `batch_size ${batchSize} must be between 1 and 10000`);
  if (!isBetween(window, 0, 300)) {
    throw invalid(address, `maximum_batching_window_in_seconds ${window} must be between 0 and 300`);
  }
  if (batchSize > 10 && window === 0) {
    throw invalid(address, `a batch_size of more than 10 needs maximum_batching_window_in_seconds of 1 or more`);
  }
  if (maximumConcurrency !== null && !isBetween(maximumConcurrency, 2, 1_000)) {
    throw invalid(address, `maximum_concurrency ${maximumConcurrency} must be between 2 and 1000`);
  }
  const unknown = mapping.functionResponseTypes.find((type) => type !== 'ReportBatchItemFailures');
  if (unknown !== undefined) throw invalid(address, `unknown function_response_types element ${unknown}`);
  if (visibilityTimeoutSeconds < timeoutSeconds) {
    throw invalid(
      address,
      `Queue visibility timeout: ${visibilityTimeoutSeconds} seconds is less than Function timeout: ${timeoutSeconds} seconds`,
    );
  }
}

const isBetween = (value: number, low: number, high: number): boolean =>
  Number.isInteger(value) && value >= low && value <= high;

const invalid = (address: string, problem: string): AwsError =>
  new AwsError('InvalidParameterValueException', `${address}: ${problem}`);

import { AwsError, NotEmulated } from '../../../aws/error.ts';

/** An event source mapping as the Terraform describes it, with AWS's defaults filled in by the caller. */
export interface MappingConfiguration {
  /** The same over restarts, and another for another stream. */
  readonly mappingId: string;
  /** The Terraform address, for messages. */
  readonly address: string;
  readonly batchSize: number;
  readonly maximumBatchingWindowInSeconds: number;
  readonly startingPosition: string;
  /** JSON texts; a record goes to the function when any of them matches. None: all records. */
  readonly filterPatterns: readonly string[];
  readonly functionResponseTypes: readonly string[];
  /** -1: until the record expires. */
  readonly maximumRetryAttempts: number;
  /** -1: until the record expires. */
  readonly maximumRecordAgeInSeconds: number;
  readonly bisectBatchOnFunctionError: boolean;
  /**
   * Accepted and not used: batches run one after the other, which keeps the order that AWS promises for one partition key
   * whatever the factor.
   */
  readonly parallelizationFactor: number;
  readonly tumblingWindowInSeconds?: number;
  /** The queue that is told of records that are given up; null: none. */
  readonly onFailureQueueArn: string | null;
}

/** Throws `AwsError` `InvalidParameterValueException` or `NotEmulated`, with the Terraform address. */
export function checkMapping(mapping: MappingConfiguration): void {
  const { address } = mapping;
  if (mapping.tumblingWindowInSeconds) throw new NotEmulated(`${address}: a tumbling window`);
  for (const [name, low, high] of RANGES) refuseOutOfRange(mapping, name, [low, high]);
  const age = mapping.maximumRecordAgeInSeconds;
  if (age !== -1 && age < 60) throw invalid(address, `maximum_record_age_in_seconds ${age} must be -1 or at least 60`);
  if (!['TRIM_HORIZON', 'LATEST'].includes(mapping.startingPosition)) {
    throw invalid(
      address,
      `starting_position ${mapping.startingPosition} must be TRIM_HORIZON or LATEST for a DynamoDB stream`,
    );
  }
  const unknown = mapping.functionResponseTypes.find((type) => type !== 'ReportBatchItemFailures');
  if (unknown !== undefined) throw invalid(address, `unknown function_response_types element ${unknown}`);
}

/** Lambda Developer Guide, "Lambda parameters for Amazon DynamoDB event source mappings". */
const RANGES = [
  ['batchSize', 1, 10_000],
  ['maximumBatchingWindowInSeconds', 0, 300],
  ['maximumRetryAttempts', -1, 10_000],
  ['maximumRecordAgeInSeconds', -1, 604_800],
  ['parallelizationFactor', 1, 10],
] as const;

type RangedName = (typeof RANGES)[number][0];

function refuseOutOfRange(
  mapping: MappingConfiguration,
  name: RangedName,
  [low, high]: readonly [number, number],
): void {
  const value = mapping[name];
  if (!Number.isInteger(value) || value < low || value > high) {
    throw invalid(mapping.address, `${name} ${value} must be between ${low} and ${high}`);
  }
}

const invalid = (address: string, problem: string): AwsError =>
  new AwsError('InvalidParameterValueException', `${address}: ${problem}`);

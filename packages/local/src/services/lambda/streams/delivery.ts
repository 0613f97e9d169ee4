import { AwsError } from '../../../aws/error.ts';
import type { Clock } from '../../../clock.ts';
import type { InvocationResult } from '../invocation.ts';
import { readBatchResponse } from '../batches/batchResponse.ts';
import { allFailed, batchResult, type BatchResult } from './batchResult.ts';
import type { MappingConfiguration } from './configuration.ts';
import type { GivenUp, GivenUpCondition, LastAttempt } from './failureRecord.ts';
import { RETENTION_SECONDS, type StreamRecord } from './eventStream.ts';

export interface DeliveryOptions {
  readonly mapping: MappingConfiguration;
  readonly clock: Clock;
  readonly invoke: (payload: string) => Promise<InvocationResult>;
  /** Everything up to and including this record needs no more attention. */
  readonly advance: (record: StreamRecord) => void;
  /** Told of records that are given up, before they are left behind. */
  readonly onGivenUp: (givenUp: GivenUp) => Promise<void>;
  /** Waits before the next attempt, or until the mapping stops. */
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly isRunning: () => boolean;
  readonly log: (message: string) => void;
}

/** Records that are tried together, and how often they failed together. */
interface Unit {
  readonly records: readonly StreamRecord[];
  readonly failures: number;
  readonly last: LastAttempt | null;
}

/** AWS does not document its pauses; these begin short, for somebody who waits. */
const FIRST_PAUSE_MILLISECONDS = 100;
const LONGEST_PAUSE_MILLISECONDS = 30_000;

/** Delivers a batch in order, until every record succeeded or was given up. Stops early when the mapping stops. */
export async function deliver(records: readonly StreamRecord[], options: DeliveryOptions): Promise<void> {
  const { advance, pause, isRunning } = options;
  let units: readonly Unit[] = [{ records, failures: 0, last: null }];
  let refusals = 0;
  while (units.length > 0 && isRunning()) {
    const [unit, ...others] = await dropExpired(units, options);
    if (!unit) return;
    const attempt = await tryOnce(unit.records, options);
    if (attempt === 'refused') {
      refusals += 1;
      units = [unit, ...others];
    } else {
      refusals = 0;
      const { result, last } = attempt;
      const rest = result.from === null ? [] : await unitsAfterFailure({ ...unit, last }, result, options);
      if (result.from === null) advance(unit.records.at(-1)!);
      units = [...rest, ...others];
    }
    const attempts = refusals + (units[0]?.failures ?? 0);
    if (attempts > 0) await pause(pauseBefore(attempts));
  }
}

const pauseBefore = (attempt: number): number =>
  Math.min(FIRST_PAUSE_MILLISECONDS * 2 ** (attempt - 1), LONGEST_PAUSE_MILLISECONDS);

interface Attempt {
  readonly result: BatchResult;
  readonly last: LastAttempt;
}

/** `refused`: Lambda did not run the function. That is throttling, or nothing to run, and counts as no attempt. */
async function tryOnce(
  records: readonly StreamRecord[],
  { mapping, invoke, log }: DeliveryOptions,
): Promise<Attempt | 'refused'> {
  let answer: InvocationResult;
  try {
    answer = await invoke(JSON.stringify({ Records: records }));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    log(`${describe(records)}: ${error.code}: ${error.message}; trying again`);
    return 'refused';
  }
  const { requestId = '', functionError, payload } = answer;
  if (functionError !== undefined) {
    return { result: allFailed(payload.slice(0, 1_000)), last: { requestId, functionError } };
  }
  const reports = mapping.functionResponseTypes.includes('ReportBatchItemFailures');
  return { result: reports ? reported(payload, records) : { from: null }, last: { requestId } };
}

function reported(payload: string, records: readonly StreamRecord[]): BatchResult {
  const isOfBatch = (id: string): boolean => records.some(({ dynamodb }) => dynamodb.SequenceNumber === id);
  return batchResult(readBatchResponse(payload, isOfBatch), records);
}

/** What is left to try of a unit, in order. */
async function unitsAfterFailure(
  { records, failures, last }: Unit,
  { from, reason }: Extract<BatchResult, { readonly reason: string }>,
  options: DeliveryOptions,
): Promise<readonly Unit[]> {
  const { bisectBatchOnFunctionError: bisects, maximumRetryAttempts } = options.mapping;
  const rest = records.slice(from);
  if (from > 0) options.advance(records[from - 1]!);
  // Splitting is not counted as a retry: a batch is cut down to the record that fails before any is given up.
  if (bisects && from > 0) return [{ records: rest, failures: 0, last }];
  if (bisects && rest.length > 1) {
    const half = Math.ceil(rest.length / 2);
    return [
      { records: rest.slice(0, half), failures: 0, last },
      { records: rest.slice(half), failures: 0, last },
    ];
  }
  const failed = from > 0 ? 1 : failures + 1;
  if (maximumRetryAttempts < 0 || failed <= maximumRetryAttempts) {
    options.log(`${describe(rest)} failed (attempt ${failed}): ${reason}`);
    return [{ records: rest, failures: failed, last }];
  }
  const unit = { records: rest, failures: failed, last };
  await drop(unit, { condition: 'RetryAttemptsExhausted', reason: `after ${failed} attempts: ${reason}` }, options);
  return [];
}

/** Gives up what became too old in the first unit; further units are looked at when their turn comes. */
async function dropExpired(units: readonly Unit[], options: DeliveryOptions): Promise<readonly Unit[]> {
  const [unit, ...others] = units;
  if (!unit) return [];
  const { maximumRecordAgeInSeconds } = options.mapping;
  const limit = maximumRecordAgeInSeconds < 0 ? RETENTION_SECONDS : maximumRecordAgeInSeconds;
  const oldest = options.clock.now() / 1000 - limit;
  // Only what leads: a clock that was moved back makes later records look older.
  const isFresh = ({ dynamodb }: StreamRecord): boolean => dynamodb.ApproximateCreationDateTime >= oldest;
  const fresh = unit.records.findIndex(isFresh);
  if (fresh === 0) return units;
  const expired = { ...unit, records: fresh < 0 ? unit.records : unit.records.slice(0, fresh) };
  await drop(expired, { condition: 'RecordAgeExceeded', reason: `as older than ${limit} seconds` }, options);
  return fresh < 0 ? dropExpired(others, options) : [{ ...unit, records: unit.records.slice(fresh) }, ...others];
}

interface Reason {
  readonly condition: GivenUpCondition;
  readonly reason: string;
}

/** Told before they are left behind: a process that is killed in between tells it twice rather than not at all. */
async function drop(
  { records, failures, last }: Unit,
  { condition, reason }: Reason,
  { log, advance, onGivenUp }: DeliveryOptions,
): Promise<void> {
  log(`${describe(records)} dropped ${reason}`);
  await onGivenUp({ records, condition, attempts: failures, last });
  advance(records.at(-1)!);
}

function describe(records: readonly StreamRecord[]): string {
  const [first, last] = [records[0]!.dynamodb.SequenceNumber, records.at(-1)!.dynamodb.SequenceNumber];
  return records.length === 1 ? `Record ${first}` : `Records ${first} to ${last} (${records.length})`;
}

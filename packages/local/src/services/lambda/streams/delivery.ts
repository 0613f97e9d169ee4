import { AwsError } from '../../../aws/error.ts';
import type { Clock } from '../../../clock.ts';
import type { InvocationResult } from '../invocation.ts';
import { allFailed, readBatchResponse, type BatchResult } from './batchResponse.ts';
import type { MappingConfiguration } from './configuration.ts';
import { RETENTION_SECONDS, type StreamRecord } from './eventStream.ts';

export interface DeliveryOptions {
  readonly mapping: MappingConfiguration;
  readonly clock: Clock;
  readonly invoke: (payload: string) => Promise<InvocationResult>;
  /** Everything up to and including this record needs no more attention. */
  readonly advance: (record: StreamRecord) => void;
  /** Waits before the next attempt, or until the mapping stops. */
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly isRunning: () => boolean;
  readonly log: (message: string) => void;
}

/** Records that are tried together, and how often they failed together. */
interface Unit {
  readonly records: readonly StreamRecord[];
  readonly failures: number;
}

/** AWS does not document its pauses; these begin short, for somebody who waits. */
const FIRST_PAUSE_MILLISECONDS = 100;
const LONGEST_PAUSE_MILLISECONDS = 30_000;

/** Delivers a batch in order, until every record succeeded or was given up. Stops early when the mapping stops. */
export async function deliver(records: readonly StreamRecord[], options: DeliveryOptions): Promise<void> {
  const { advance, pause, isRunning } = options;
  let units: readonly Unit[] = [{ records, failures: 0 }];
  let refusals = 0;
  while (units.length > 0 && isRunning()) {
    const [unit, ...others] = dropExpired(units, options);
    if (!unit) return;
    const attempt = await tryOnce(unit.records, options);
    if (attempt === 'refused') {
      refusals += 1;
      units = [unit, ...others];
    } else {
      refusals = 0;
      const rest = attempt.from === null ? [] : unitsAfterFailure(unit, attempt, options);
      if (attempt.from === null) advance(unit.records.at(-1)!);
      units = [...rest, ...others];
    }
    const attempts = refusals + (units[0]?.failures ?? 0);
    if (attempts > 0) await pause(pauseBefore(attempts));
  }
}

const pauseBefore = (attempt: number): number =>
  Math.min(FIRST_PAUSE_MILLISECONDS * 2 ** (attempt - 1), LONGEST_PAUSE_MILLISECONDS);

/** `refused`: Lambda did not run the function. That is throttling, or nothing to run, and counts as no attempt. */
async function tryOnce(
  records: readonly StreamRecord[],
  { mapping, invoke, log }: DeliveryOptions,
): Promise<BatchResult | 'refused'> {
  let result: InvocationResult;
  try {
    result = await invoke(JSON.stringify({ Records: records }));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    log(`${describe(records)}: ${error.code}: ${error.message}; trying again`);
    return 'refused';
  }
  if (result.functionError !== undefined) return allFailed(result.payload.slice(0, 1_000));
  const reports = mapping.functionResponseTypes.includes('ReportBatchItemFailures');
  return reports ? readBatchResponse(result.payload, records) : { from: null };
}

/** What is left to try of a unit, in order. */
function unitsAfterFailure(
  { records, failures }: Unit,
  { from, reason }: Extract<BatchResult, { readonly reason: string }>,
  options: DeliveryOptions,
): readonly Unit[] {
  const { bisectBatchOnFunctionError: bisects, maximumRetryAttempts } = options.mapping;
  const rest = records.slice(from);
  if (from > 0) options.advance(records[from - 1]!);
  // Splitting is not counted as a retry: a batch is cut down to the record that fails before any is given up.
  if (bisects && from > 0) return [{ records: rest, failures: 0 }];
  if (bisects && rest.length > 1) {
    const half = Math.ceil(rest.length / 2);
    return [
      { records: rest.slice(0, half), failures: 0 },
      { records: rest.slice(half), failures: 0 },
    ];
  }
  const failed = from > 0 ? 1 : failures + 1;
  if (maximumRetryAttempts < 0 || failed <= maximumRetryAttempts) {
    options.log(`${describe(rest)} failed (attempt ${failed}): ${reason}`);
    return [{ records: rest, failures: failed }];
  }
  drop(rest, `after ${failed} attempts: ${reason}`, options);
  return [];
}

/** Gives up what became too old in the first unit; further units are looked at when their turn comes. */
function dropExpired(units: readonly Unit[], options: DeliveryOptions): readonly Unit[] {
  const [unit, ...others] = units;
  if (!unit) return [];
  const { maximumRecordAgeInSeconds } = options.mapping;
  const limit = maximumRecordAgeInSeconds < 0 ? RETENTION_SECONDS : maximumRecordAgeInSeconds;
  const oldest = options.clock.now() / 1000 - limit;
  // Only what leads: a clock that was moved back makes later records look older.
  const isFresh = ({ dynamodb }: StreamRecord): boolean => dynamodb.ApproximateCreationDateTime >= oldest;
  const fresh = unit.records.findIndex(isFresh);
  if (fresh === 0) return units;
  const expired = fresh < 0 ? unit.records : unit.records.slice(0, fresh);
  drop(expired, `as older than ${limit} seconds`, options);
  return fresh < 0 ? dropExpired(others, options) : [{ ...unit, records: unit.records.slice(fresh) }, ...others];
}

function drop(records: readonly StreamRecord[], reason: string, { log, advance }: DeliveryOptions): void {
  log(`${describe(records)} dropped ${reason}`);
  advance(records.at(-1)!);
}

function describe(records: readonly StreamRecord[]): string {
  const [first, last] = [records[0]!.dynamodb.SequenceNumber, records.at(-1)!.dynamodb.SequenceNumber];
  return records.length === 1 ? `Record ${first}` : `Records ${first} to ${last} (${records.length})`;
}

import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { describeError, tally, writeLog } from './log.ts';
import { MalformedRecord, readRecord, traceOf, type Change } from './records.ts';

/** Takes what became of the changes of one invocation. */
export interface Report {
  /** Left out for good. */
  skip(change: Change, reason: string): void;
  /** To be delivered again. */
  fail(changes: readonly Change[], error: unknown): void;
  /** Told in the log, and left at that. */
  warn(error: unknown): void;
  /** Counted in the log line. */
  count(what: string, by?: number): void;
}

/** Does what changes ask for. What it throws fails the whole batch. */
export type Work = (changes: readonly Change[], report: Report) => Promise<void>;

export type StreamHandler = (event: DynamoDBStreamEvent, context?: Context) => Promise<DynamoDBBatchResponse>;

/** Reasons and errors told in full; the log line has the number of all. */
const MAX_DETAILS = 10;

/**
 * A Lambda function on DynamoDB streams with ReportBatchItemFailures. It answers the first record that failed: Lambda
 * delivers that one and all after it again, so everything a handler does must bear a repetition.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export function streamHandler(name: string, work: Work): StreamHandler {
  return async ({ Records }, context) => {
    const start = performance.now();
    const counts = tally();
    const skipped: Skipped[] = [];
    const errors: string[] = [];
    const warnings: string[] = [];
    const failed = new Set<string>();
    const report: Report = {
      skip: ({ sequenceNumber }, reason) => void skipped.push({ sequenceNumber, reason }),
      fail(changes, error) {
        for (const { sequenceNumber } of changes) failed.add(sequenceNumber);
        errors.push(describeError(error));
      },
      warn: (error) => void warnings.push(describeError(error)),
      count: counts.add,
    };
    const changes = Records.flatMap((record) => readable(record, (reason) => skipped.push(reason)));
    try {
      await work(changes, report);
    } catch (error) {
      report.fail(changes, error);
    }
    const first = changes.find(({ sequenceNumber }) => failed.has(sequenceNumber));
    writeLog({
      level: first ? 'ERROR' : skipped.length + warnings.length > 0 ? 'WARN' : 'INFO',
      function: name,
      requestId: context?.awsRequestId,
      source: Records[0]?.eventSourceARN,
      records: Records.length,
      counts: counts.all(),
      skipped: skipped.length,
      skips: skipped.slice(0, MAX_DETAILS),
      failed: failed.size,
      retriedFrom: first?.sequenceNumber,
      errors: errors.slice(0, MAX_DETAILS),
      warnings: warnings.slice(0, MAX_DETAILS),
      traces: tracesOf(changes),
      milliseconds: Math.round(performance.now() - start),
    });
    return { batchItemFailures: first ? [{ itemIdentifier: first.sequenceNumber }] : [] };
  };
}

function tracesOf(changes: readonly Change[]): readonly string[] {
  const traces = changes.flatMap((change) => traceOf(change) ?? []);
  return [...new Set(traces)].slice(0, MAX_DETAILS);
}

type Skipped = { readonly sequenceNumber?: string; readonly reason: string };

function readable(record: DynamoDBRecord, skip: (skipped: Skipped) => void): Change[] {
  try {
    return [readRecord(record)];
  } catch (error) {
    if (!(error instanceof MalformedRecord)) throw error;
    skip({ sequenceNumber: record.dynamodb?.SequenceNumber, reason: error.message });
    return [];
  }
}

/** Reads something of each change. A change it cannot be read of is left out; so is one that it makes nothing of. */
export function readEach<T>(
  changes: readonly Change[],
  report: Report,
  read: (change: Change) => readonly T[],
): readonly T[] {
  return changes.flatMap((change) => {
    try {
      return read(change);
    } catch (error) {
      if (!(error instanceof MalformedRecord)) throw error;
      report.skip(change, error.message);
      return [];
    }
  });
}

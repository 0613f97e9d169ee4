import { AwsError } from '../../../aws/error.ts';
import type { Clock } from '../../../clock.ts';
import { readBatchResponse, type BatchReport } from '../batches/batchResponse.ts';
import type { InvocationResult } from '../invocation.ts';
import type { QueueRecord } from './batches.ts';
import type { MessageQueue } from './messageQueue.ts';

export interface QueueDeliveryOptions {
  readonly queue: MessageQueue;
  readonly reportsFailures: boolean;
  readonly clock: Clock;
  readonly invoke: (payload: string) => Promise<InvocationResult>;
  /** Waits before the next attempt, or until the mapping stops. */
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly isRunning: () => boolean;
  readonly log: (message: string) => void;
}

/** AWS does not document how it backs off from a throttled function; these begin short, for somebody who waits. */
const FIRST_PAUSE_MILLISECONDS = 100;
const LONGEST_PAUSE_MILLISECONDS = 5_000;

/** Calls the function with a batch and deletes what it has handled. The rest comes back after the visibility timeout. */
export async function deliver(records: readonly QueueRecord[], options: QueueDeliveryOptions): Promise<void> {
  const result = await invokeWhileHidden(records, options);
  if (!result) return;
  const report = reportOf(result, records, options);
  const isDone = ({ messageId }: QueueRecord): boolean => 'failed' in report && !report.failed.includes(messageId);
  const done = records.filter(isDone);
  if (done.length > 0) options.queue.remove(done);
  if (done.length === records.length) return;
  const reason = 'allFailed' in report ? report.allFailed : 'reported by the function';
  const failed = records.filter((record) => !isDone(record)).map(({ messageId }) => messageId);
  options.log(`${failed.length} of ${records.length} messages failed (${shortened(failed)}): ${reason}`);
}

/** While Lambda refuses to run the function (throttled, or gone), as long as nobody else can receive the messages. */
async function invokeWhileHidden(
  records: readonly QueueRecord[],
  { queue, clock, invoke, pause, isRunning, log }: QueueDeliveryOptions,
): Promise<InvocationResult | null> {
  const payload = JSON.stringify({ Records: records });
  const visibleAgain = clock.now() + queue.visibilityTimeoutSeconds() * 1000;
  for (let delay = FIRST_PAUSE_MILLISECONDS; ; delay = Math.min(delay * 2, LONGEST_PAUSE_MILLISECONDS)) {
    try {
      return await invoke(payload);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      log(`${records.length} messages: ${error.code}: ${error.message}; trying again`);
    }
    await pause(delay);
    if (!isRunning() || clock.now() >= visibleAgain) return null;
  }
}

function reportOf(
  { payload, functionError }: InvocationResult,
  records: readonly QueueRecord[],
  { reportsFailures }: QueueDeliveryOptions,
): BatchReport {
  if (functionError !== undefined) return { allFailed: payload.slice(0, 1_000) };
  if (!reportsFailures) return { failed: [] };
  return readBatchResponse(payload, (id) => records.some(({ messageId }) => messageId === id));
}

const shortened = (ids: readonly string[]): string =>
  ids.length > 3 ? `${ids.slice(0, 3).join(', ')} and ${ids.length - 3} more` : ids.join(', ');

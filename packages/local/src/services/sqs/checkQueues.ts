import { NotEmulated } from '../../aws/error.ts';
import { invalidQueue } from './errors.ts';
import {
  MAX_DELAY_SECONDS,
  MAX_MESSAGE_BYTES,
  MAX_RECEIVE_COUNT,
  MAX_REDRIVE_SOURCES,
  MAX_RETENTION_SECONDS,
  MAX_VISIBILITY_SECONDS,
  MAX_WAIT_SECONDS,
  MIN_MAXIMUM_MESSAGE_BYTES,
  MIN_RETENTION_SECONDS,
} from './limits.ts';
import type { QueueDefinition } from './model.ts';

/**
 * Checks queues as CreateQueue and SetQueueAttributes do.
 *
 * Throws `AwsError` `InvalidAttributeValue`, or `NotEmulated`; both name the Terraform address.
 */
export function checkQueues(definitions: readonly QueueDefinition[]): void {
  const byArn = new Map<string, QueueDefinition>();
  for (const definition of definitions) {
    checkQueue(definition);
    const same = byArn.get(definition.arn);
    if (same) throw invalidQueue(definition.address, `${same.address} has the same name ${definition.name}`);
    byArn.set(definition.arn, definition);
  }
  for (const definition of definitions) checkRedrive(definition, byArn);
}

function checkQueue(definition: QueueDefinition): void {
  const { address, name } = definition;
  if (name.endsWith('.fifo')) throw new NotEmulated(`${address}: a FIFO queue`);
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(name)) {
    throw invalidQueue(address, `the name ${name} must be 1 to 80 letters, digits, - or _`);
  }
  for (const [member, argument, low, high] of RANGES) {
    const value = definition[member];
    if (!Number.isInteger(value) || value < low || value > high) {
      throw invalidQueue(address, `${argument} ${value} must be between ${low} and ${high}`);
    }
  }
  const sources = definition.redriveAllowPolicy?.sourceQueueArns ?? [];
  if (sources.length > MAX_REDRIVE_SOURCES) {
    throw invalidQueue(address, `sourceQueueArns may name ${MAX_REDRIVE_SOURCES} queues, not ${sources.length}`);
  }
}

/** Terraform's names of the arguments, for the message. */
const RANGES = [
  ['visibilityTimeoutSeconds', 'visibility_timeout_seconds', 0, MAX_VISIBILITY_SECONDS],
  ['delaySeconds', 'delay_seconds', 0, MAX_DELAY_SECONDS],
  ['maximumMessageBytes', 'max_message_size', MIN_MAXIMUM_MESSAGE_BYTES, MAX_MESSAGE_BYTES],
  ['retentionSeconds', 'message_retention_seconds', MIN_RETENTION_SECONDS, MAX_RETENTION_SECONDS],
  ['receiveWaitSeconds', 'receive_wait_time_seconds', 0, MAX_WAIT_SECONDS],
] as const;

function checkRedrive(
  { address, arn, redrivePolicy }: QueueDefinition,
  byArn: ReadonlyMap<string, QueueDefinition>,
): void {
  if (!redrivePolicy) return;
  const { deadLetterTargetArn, maxReceiveCount } = redrivePolicy;
  if (!Number.isInteger(maxReceiveCount) || maxReceiveCount < 1 || maxReceiveCount > MAX_RECEIVE_COUNT) {
    throw invalidQueue(address, `maxReceiveCount ${maxReceiveCount} must be between 1 and ${MAX_RECEIVE_COUNT}`);
  }
  const target = byArn.get(deadLetterTargetArn);
  if (!target) throw invalidQueue(address, `the dead-letter queue ${deadLetterTargetArn} is no queue of the Terraform`);
  const allowed = target.redriveAllowPolicy;
  if (!allowed || allowed.redrivePermission === 'allowAll') return;
  if (allowed.redrivePermission === 'byQueue' && allowed.sourceQueueArns.includes(arn)) return;
  throw invalidQueue(address, `the redrive allow policy of ${target.address} does not let it be its dead-letter queue`);
}

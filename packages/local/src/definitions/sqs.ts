import type { JsonObject, JsonValue } from '../json.ts';
import { argumentsOf, ConfigurationError, isObject, type ResolvedResource } from '../resources/resourceType.ts';
import type { ResourcePolicyDefinition } from '../services/iam/index.ts';
import type { Encryption, QueueDefinition, RedriveAllowPolicy, RedrivePolicy } from '../services/sqs/index.ts';
import type { ResourceSet } from './resourceSet.ts';

/** Defaults are those of the Terraform provider, which sets every attribute: a message may have 256 KiB unless it says more. */
export function queueDefinitions(resources: ResourceSet): QueueDefinition[] {
  const policies = policiesByQueue(resources);
  const allowPolicies = ofQueues(resources, 'aws_sqs_queue_redrive_allow_policy');
  return resources.ofType('aws_sqs_queue').map((queue) => {
    const read = argumentsOf(queue);
    const url = String(queue.attributes['url']);
    refuseFifo(queue);
    return {
      name: String(queue.attributes['name']),
      arn: String(queue.attributes['arn']),
      url,
      address: queue.address,
      visibilityTimeoutSeconds: read.number('visibility_timeout_seconds', 30),
      delaySeconds: read.number('delay_seconds', 0),
      maximumMessageBytes: read.number('max_message_size', 262_144),
      retentionSeconds: read.number('message_retention_seconds', 345_600),
      receiveWaitSeconds: read.number('receive_wait_time_seconds', 0),
      redrivePolicy: redrivePolicy(queue),
      redriveAllowPolicy: redriveAllowPolicy(queue, allowPolicies.get(url)),
      policy: policies.get(url)?.text ?? null,
      encryption: encryption(queue),
    };
  });
}

/** Who else may use a queue, beside the roles whose own policies say so. */
export function queuePolicies(resources: ResourceSet): ResourcePolicyDefinition[] {
  const policies = policiesByQueue(resources);
  return resources.ofType('aws_sqs_queue').flatMap(({ attributes }) => {
    const found = policies.get(String(attributes['url']));
    return found ? [{ resourceArn: String(attributes['arn']), address: found.address, document: found.text }] : [];
  });
}

function refuseFifo(queue: ResolvedResource): void {
  const name = String(queue.attributes['name']);
  if (!argumentsOf(queue).boolean('fifo_queue', false) && !name.endsWith('.fifo')) return;
  throw new ConfigurationError(`${queue.address}: FIFO queues are not emulated by @hiroba/local.`);
}

interface QueuePolicy {
  readonly address: string;
  readonly text: string;
}

/** A queue has one policy: its own argument or one `aws_sqs_queue_policy`. Of two, the last to be applied would win on AWS. */
function policiesByQueue(resources: ResourceSet): ReadonlyMap<string, QueuePolicy> {
  const policies = new Map<string, QueuePolicy>();
  for (const queue of resources.ofType('aws_sqs_queue')) {
    const text = argumentsOf(queue).optionalString('policy') ?? '';
    if (text !== '') policies.set(String(queue.attributes['url']), { address: `${queue.address}.policy`, text });
  }
  for (const [url, resource] of ofQueues(resources, 'aws_sqs_queue_policy')) {
    const same = policies.get(url);
    if (same) throw new ConfigurationError(`${resource.address}: its queue has a policy already, by ${same.address}.`);
    policies.set(url, { address: resource.address, text: argumentsOf(resource).string('policy') });
  }
  return policies;
}

/** The resources of a type that belong to a queue each, by the URL of the queue. */
function ofQueues(resources: ResourceSet, type: string): ReadonlyMap<string, ResolvedResource> {
  const found = new Map<string, ResolvedResource>();
  for (const resource of resources.ofType(type)) {
    const url = argumentsOf(resource).string('queue_url');
    resources.find('aws_sqs_queue', 'url', url, `${resource.address}.queue_url`);
    const same = found.get(url);
    if (same) throw new ConfigurationError(`${resource.address}: ${same.address} is about the same queue.`);
    found.set(url, resource);
  }
  return found;
}

function redrivePolicy(queue: ResolvedResource): RedrivePolicy | null {
  const parsed = jsonArgument(queue, 'redrive_policy');
  if (!parsed) return null;
  const { deadLetterTargetArn, maxReceiveCount } = parsed;
  if (typeof deadLetterTargetArn !== 'string' || maxReceiveCount === undefined) {
    throw new ConfigurationError(
      `${queue.address}.redrive_policy must be JSON with deadLetterTargetArn and maxReceiveCount.`,
    );
  }
  // AWS takes the number as a text, too.
  return { deadLetterTargetArn, maxReceiveCount: Number(maxReceiveCount) };
}

const PERMISSIONS = ['allowAll', 'denyAll', 'byQueue'] as const;

function redriveAllowPolicy(
  queue: ResolvedResource,
  separate: ResolvedResource | undefined,
): RedriveAllowPolicy | null {
  const source = separate ?? queue;
  const parsed = jsonArgument(source, 'redrive_allow_policy');
  if (!parsed) return null;
  const { sourceQueueArns = [] } = parsed;
  const redrivePermission = PERMISSIONS.find((permission) => permission === parsed['redrivePermission']);
  if (redrivePermission && Array.isArray(sourceQueueArns)) {
    return { redrivePermission, sourceQueueArns: sourceQueueArns.map(String) };
  }
  throw new ConfigurationError(
    `${source.address}.redrive_allow_policy must be JSON with a redrivePermission of ${PERMISSIONS.join(', ')}.`,
  );
}

function jsonArgument(resource: ResolvedResource, name: string): JsonObject | null {
  const text = argumentsOf(resource).optionalString(name) ?? '';
  if (text === '') return null;
  const parsed = parse(text);
  if (isObject(parsed)) return parsed;
  throw new ConfigurationError(`${resource.address}.${name} is not a JSON object.`);
}

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function encryption(queue: ResolvedResource): Encryption {
  const read = argumentsOf(queue);
  const keyId = read.optionalString('kms_master_key_id') ?? '';
  if (keyId !== '') {
    return { kind: 'kms', keyId, reusePeriodSeconds: read.number('kms_data_key_reuse_period_seconds', 300) };
  }
  return { kind: read.boolean('sqs_managed_sse_enabled', true) ? 'sqs' : 'none' };
}

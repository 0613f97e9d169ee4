import { isBlock, isTrue, number, text, type Block } from '../model/json.ts';
import { policiesOf, statementsOf } from '../model/policy.ts';
import type { Resource, System } from '../model/system.ts';
import { resourceRule, type Rule } from '../rule.ts';

const QUEUE = ['aws_sqs_queue'] as const;
const WITH_POLICY = ['aws_sqs_queue', 'aws_sqs_queue_policy', 'aws_sns_topic', 'aws_sns_topic_policy'] as const;
const DEFAULT_VISIBILITY_SECONDS = 30;
const DEFAULT_LAMBDA_TIMEOUT_SECONDS = 3;

export const queues: readonly Rule[] = [
  resourceRule({
    id: 'sqs/encrypted',
    scanners: ['CKV_AWS_27', 'AWS-0096'],
    reason: 'Jobs name people and objects.',
    types: QUEUE,
    inspect: ({ args }) =>
      // SQS encrypts a queue that says nothing since October 2022, and can be told not to.
      text(args.kms_master_key_id) !== '' || isTrue(args.sqs_managed_sse_enabled)
        ? undefined
        : { problem: 'does not say that it is encrypted', fix: 'set sqsManagedSseEnabled or kmsMasterKeyId' },
  }),
  resourceRule({
    id: 'sqs/customer-key',
    scanners: ['CKV2_AWS_73', 'AWS-0135'],
    reason: 'With a key of our own, access to the jobs can be seen and ended in one place.',
    types: QUEUE,
    inspect: ({ args }) =>
      text(args.kms_master_key_id) === '' || args.kms_master_key_id === 'alias/aws/sqs'
        ? { problem: 'is not encrypted with a key of our own', fix: 'set kmsMasterKeyId' }
        : undefined,
  }),
  resourceRule({
    id: 'sqs/policy',
    scanners: ['CKV_AWS_72', 'CKV_AWS_168', 'CKV_AWS_387', 'AWS-0097'],
    reason: 'A queue or topic takes messages from whom it names, and nobody may do everything to it.',
    types: WITH_POLICY,
    inspect: (resource, system) =>
      policiesOf(system)
        .filter((policy) => policy.resource === resource)
        .flatMap(statementsOf)
        .filter(({ effect }) => effect === 'Allow')
        .flatMap(({ actions, principals, conditions }) => [
          ...(actions.some((action) => action.endsWith('*'))
            ? [{ problem: 'allows every action', fix: 'name the actions' }]
            : []),
          ...(principals.includes('*') && Object.keys(conditions).length === 0
            ? [{ problem: 'allows everyone', fix: 'name the principal' }]
            : []),
        ]),
  }),
  resourceRule({
    id: 'sqs/visibility',
    scanners: [],
    reason:
      'Lambda asks for six times its timeout, for retries while it is throttled; with less, a job runs twice at once.',
    types: ['aws_lambda_event_source_mapping'],
    inspect: (mapping, system) => {
      const queue = system.follow(mapping, mapping.args.event_source_arn)?.resource;
      const lambda = system.follow(mapping, mapping.args.function_name)?.resource;
      if (queue?.type !== 'aws_sqs_queue' || !lambda) return undefined;
      const visibility = number(queue.args.visibility_timeout_seconds) ?? DEFAULT_VISIBILITY_SECONDS;
      const timeout = number(functionOf(lambda, system).args.timeout) ?? DEFAULT_LAMBDA_TIMEOUT_SECONDS;
      return visibility >= 6 * timeout
        ? undefined
        : {
            problem: `takes jobs from ${queue.address} that come back after ${visibility} s, and ${lambda.address} may take ${timeout} s`,
            fix: `set visibilityTimeoutSeconds to ${6 * timeout} or more`,
          };
    },
  }),
  resourceRule({
    id: 'sqs/dead-letters',
    scanners: [],
    reason: 'A job that always fails is put aside after some tries, where an alarm sees it.',
    types: ['aws_lambda_event_source_mapping'],
    inspect: (mapping, system) => {
      const queue = system.follow(mapping, mapping.args.event_source_arn)?.resource;
      if (queue?.type !== 'aws_sqs_queue') return undefined;
      const redrive = redriveOf(queue) ?? redriveOf(redrivePolicyOf(queue, system));
      const tries = number(redrive?.maxReceiveCount);
      if (redrive && tries !== undefined && tries >= 1 && tries <= 1_000 && isQueue(redrive, queue, system))
        return undefined;
      return { problem: `takes jobs from ${queue.address}, which has no dead-letter queue`, fix: 'set redrivePolicy' };
    },
  }),
];

/** An alias or a version points to its function. */
function functionOf(lambda: Resource, system: System): Resource {
  return lambda.type === 'aws_lambda_alias'
    ? (system.follow(lambda, lambda.args.function_name)?.resource ?? lambda)
    : lambda;
}

function redrivePolicyOf(queue: Resource, system: System): Resource | undefined {
  return system
    .ofType('aws_sqs_queue_redrive_policy')
    .find((each) => system.follow(each, each.args.queue_url)?.resource === queue);
}

function redriveOf(resource: Resource | undefined): Block | undefined {
  const written = text(resource?.args.redrive_policy);
  if (written === '') return undefined;
  try {
    const parsed: unknown = JSON.parse(written);
    return isBlock(parsed) ? parsed : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isQueue(redrive: Block, queue: Resource, system: System): boolean {
  return system.follow(queue, redrive.deadLetterTargetArn)?.resource.type === 'aws_sqs_queue';
}

import type { JsonObject } from '../json.ts';
import { argumentsOf, ConfigurationError, type ResolvedResource } from '../resources/resourceType.ts';
import { type AsynchronousConfiguration, DEFAULT_ASYNCHRONOUS } from '../services/lambda/index.ts';
import type { ResourceSet } from './resourceSet.ts';

/** What becomes of the events of a function: its dead-letter queue, and `aws_lambda_function_event_invoke_config`. */
export function asynchronousConfiguration(
  resources: ResourceSet,
  lambdaFunction: ResolvedResource,
): AsynchronousConfiguration {
  const deadLetters = argumentsOf(lambdaFunction).block('dead_letter_config');
  const deadLetterQueueArn = deadLetters
    ? queueArn(resources, lambdaFunction, { block: deadLetters, path: 'dead_letter_config', name: 'target_arn' })
    : null;
  const config = configOf(resources, lambdaFunction);
  if (!config) return { ...DEFAULT_ASYNCHRONOUS, deadLetterQueueArn };
  const read = argumentsOf(config);
  return {
    maximumRetryAttempts: read.number('maximum_retry_attempts', DEFAULT_ASYNCHRONOUS.maximumRetryAttempts),
    maximumEventAgeSeconds: read.number('maximum_event_age_in_seconds', DEFAULT_ASYNCHRONOUS.maximumEventAgeSeconds),
    deadLetterQueueArn,
    onFailureQueueArn: destination(resources, config, 'on_failure', 'destination'),
    onSuccessQueueArn: destination(resources, config, 'on_success', 'destination'),
  };
}

/** By name or ARN. An alias is the newest version here, so what is set for one is set for the function. */
function configOf(resources: ResourceSet, { attributes }: ResolvedResource): ResolvedResource | undefined {
  const name = String(attributes['function_name']);
  const found = resources.ofType('aws_lambda_function_event_invoke_config').filter((config) => {
    const named = argumentsOf(config).string('function_name');
    return (named.split(':function:').at(-1) ?? '').split(':')[0] === name;
  });
  if (found.length > 1) {
    throw new ConfigurationError(
      `${found[1]?.address} is about the same function as ${found[0]?.address}: versions and aliases are one function here.`,
    );
  }
  return found[0];
}

/** The queue in a `destination_config`; null when there is none. */
export function destination(
  resources: ResourceSet,
  resource: ResolvedResource,
  kind: 'on_failure' | 'on_success',
  name: 'destination' | 'destination_arn',
): string | null {
  const config = argumentsOf(resource).block('destination_config');
  const block = config && argumentsOf({ ...resource, args: config }).block(kind);
  return block ? queueArn(resources, resource, { block, path: `destination_config.${kind}`, name }) : null;
}

interface Reference {
  readonly block: JsonObject;
  /** Of the block in its resource. */
  readonly path: string;
  readonly name: string;
}

function queueArn(resources: ResourceSet, resource: ResolvedResource, { block, path, name }: Reference): string {
  const from = `${resource.address}.${path}.${name}`;
  const arn = argumentsOf({ ...resource, args: block }).string(name);
  if (!/^arn:aws:sqs:/.test(arn)) {
    throw new ConfigurationError(`${from}: only queues of SQS are emulated by @hiroba/local, not ${arn}.`);
  }
  resources.find('aws_sqs_queue', 'arn', arn, from);
  return arn;
}

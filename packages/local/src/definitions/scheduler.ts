import { AwsError } from '../aws/error.ts';
import type { JsonObject } from '../json.ts';
import { argumentsOf, ConfigurationError, type ResolvedResource } from '../resources/resourceType.ts';
import {
  MAX_EVENT_AGE_SECONDS,
  MAX_INPUT_BYTES,
  MAX_RETRY_ATTEMPTS,
  MAX_WINDOW_MINUTES,
  MIN_EVENT_AGE_SECONDS,
  parseExpression,
  type ScheduleDefinition,
  type ScheduleTarget,
} from '../services/scheduler/index.ts';
import { principalOfRole } from './principals.ts';
import type { ResourceSet } from './resourceSet.ts';

/** Throws `ConfigurationError` with the address for what AWS would refuse or is not emulated. */
export function scheduleDefinitions(resources: ResourceSet): ScheduleDefinition[] {
  return resources.ofType('aws_scheduler_schedule').map((resource) => schedule(resource, resources));
}

function schedule(resource: ResolvedResource, resources: ResourceSet): ScheduleDefinition {
  const { address, attributes } = resource;
  const read = argumentsOf(resource);
  const name = String(attributes['name']);
  if (!/^[0-9a-zA-Z-_.]{1,64}$/.test(name)) {
    throw new ConfigurationError(`${address}.name must be 1 to 64 letters, digits, -, _ or ., not "${name}".`);
  }
  const groupName = String(attributes['group_name']);
  if (groupName !== 'default') {
    throw new ConfigurationError(`${address}.group_name: only the group "default" is emulated by @hiroba/local.`);
  }
  // It would delete itself on AWS, and the next apply would make it again.
  if ((read.optionalString('action_after_completion') ?? 'NONE') !== 'NONE') {
    throw new ConfigurationError(`${address}.action_after_completion is not emulated by @hiroba/local.`);
  }
  return {
    name,
    groupName,
    arn: String(attributes['arn']),
    address,
    description: read.optionalString('description') ?? null,
    ...checkedExpression(resource),
    startDate: date(resource, 'start_date'),
    endDate: date(resource, 'end_date'),
    enabled: oneOf(resource, 'state', read.optionalString('state') ?? 'ENABLED', ['ENABLED', 'DISABLED']) === 'ENABLED',
    flexibleWindowMinutes: flexibleWindow(resource),
    kmsKeyArn: read.optionalString('kms_key_arn') ?? null,
    target: target(resource, resources),
  };
}

function checkedExpression(resource: ResolvedResource): Pick<ScheduleDefinition, 'expression' | 'timeZone'> {
  const read = argumentsOf(resource);
  const expression = read.string('schedule_expression');
  const timeZone = read.optionalString('schedule_expression_timezone') ?? 'UTC';
  try {
    parseExpression(expression, timeZone);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new ConfigurationError(`${resource.address}: ${error.code}: ${error.message}`, { cause: error });
  }
  return { expression, timeZone };
}

function date(resource: ResolvedResource, name: string): number | null {
  const text = argumentsOf(resource).optionalString(name);
  if (text === undefined) return null;
  const time = Date.parse(text);
  if (!Number.isNaN(time) && /^\d{4}-\d\d-\d\dT/.test(text)) return time;
  throw new ConfigurationError(`${resource.address}.${name} is not an RFC 3339 time: "${text}"`);
}

function flexibleWindow(resource: ResolvedResource): number {
  const window = block(resource, resource.args, 'flexible_time_window');
  const mode = oneOf(resource, 'flexible_time_window.mode', String(window['mode']), ['OFF', 'FLEXIBLE']);
  if (mode === 'OFF') return 0;
  return inRange(resource, [window, 'maximum_window_in_minutes'], [1, MAX_WINDOW_MINUTES]);
}

/** Parameters of targets that are not emulated. */
const REFUSED = ['ecs_parameters', 'eventbridge_parameters', 'kinesis_parameters', 'sagemaker_pipeline_parameters'];

function target(resource: ResolvedResource, resources: ResourceSet): ScheduleTarget {
  const { address } = resource;
  const args = block(resource, resource.args, 'target');
  const read = argumentsOf({ ...resource, args });
  const refused = REFUSED.find((name) => read.blocks(name).length > 0);
  if (refused) throw new ConfigurationError(`${address}.target.${refused} is not emulated by @hiroba/local.`);
  const retry = read.block('retry_policy') ?? {};
  const arn = read.string('arn');
  requireTarget(resources, arn, `${address}.target.arn`);
  const deadLetters = read.block('dead_letter_config')?.['arn'];
  if (typeof deadLetters === 'string') requireQueue(resources, deadLetters, `${address}.target.dead_letter_config.arn`);
  return {
    arn,
    principal: principalOfRole(resources, read.string('role_arn'), `${address}.target.role_arn`),
    input: input(resource, arn, read.optionalString('input')),
    maximumEventAgeSeconds: inRange(
      resource,
      [retry, 'maximum_event_age_in_seconds', MAX_EVENT_AGE_SECONDS],
      [MIN_EVENT_AGE_SECONDS, MAX_EVENT_AGE_SECONDS],
    ),
    maximumRetryAttempts: inRange(
      resource,
      [retry, 'maximum_retry_attempts', MAX_RETRY_ATTEMPTS],
      [0, MAX_RETRY_ATTEMPTS],
    ),
    deadLetterQueueArn: typeof deadLetters === 'string' ? deadLetters : null,
    messageGroupId: optionalText(read.block('sqs_parameters')?.['message_group_id']),
  };
}

function requireTarget(resources: ResourceSet, arn: string, from: string): void {
  if (arn.startsWith('arn:aws:sqs:')) return requireQueue(resources, arn, from);
  if (!arn.startsWith('arn:aws:lambda:')) {
    throw new ConfigurationError(`${from}: only Lambda functions and SQS queues are emulated, not ${arn}.`);
  }
  const isAlias = resources.ofType('aws_lambda_alias').some(({ attributes }) => attributes['arn'] === arn);
  if (!isAlias) resources.find('aws_lambda_function', 'arn', arn, from);
}

function requireQueue(resources: ResourceSet, arn: string, from: string): void {
  resources.find('aws_sqs_queue', 'arn', arn, from);
  if (from.endsWith('dead_letter_config.arn') && arn.endsWith('.fifo')) {
    throw new ConfigurationError(`${from}: a FIFO queue cannot be a schedule's dead letter queue.`);
  }
}

function input(resource: ResolvedResource, targetArn: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  if (Buffer.byteLength(text) > MAX_INPUT_BYTES) {
    throw new ConfigurationError(`${resource.address}.target.input has more than ${MAX_INPUT_BYTES} bytes.`);
  }
  if (targetArn.startsWith('arn:aws:lambda:') && !isJson(text)) {
    throw new ConfigurationError(`${resource.address}.target.input must be JSON for a Lambda function.`);
  }
  return text;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function block(resource: ResolvedResource, args: JsonObject, name: string): JsonObject {
  const found = argumentsOf({ ...resource, args }).block(name);
  if (!found) throw new ConfigurationError(`${resource.address}.${name} is missing`);
  return found;
}

function oneOf(resource: ResolvedResource, name: string, value: string, allowed: readonly string[]): string {
  if (allowed.includes(value)) return value;
  throw new ConfigurationError(`${resource.address}.${name} must be ${allowed.join(' or ')}, not "${value}".`);
}

function inRange(
  resource: ResolvedResource,
  [args, name, fallback = Number.NaN]: readonly [args: JsonObject, name: string, fallback?: number],
  [low, high]: readonly [number, number],
): number {
  const value = argumentsOf({ ...resource, args }).number(name, fallback);
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  throw new ConfigurationError(`${resource.address}: ${name} must be between ${low} and ${high}, not ${value}.`);
}

const optionalText = (value: JsonObject[string] | undefined): string | null =>
  typeof value === 'string' ? value : null;

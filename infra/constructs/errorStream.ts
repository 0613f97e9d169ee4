import {
  type CloudwatchLogGroup,
  CloudwatchLogMetricFilter,
  CloudwatchLogSubscriptionFilter,
  Construct,
  LambdaPermission,
} from '../aws.ts';
import type { Stack } from '../stacks/stack.ts';
import type { OperationsFunction } from './operationsFunction.ts';

/** What functions log as errors, and what Lambda logs when one ends by an error. */
const FUNCTION_ERRORS = '{ $.level = "ERROR" || $.level = "FATAL" }';

/**
 * Errors that are ours. AppSync's log also has those that callers make, which are theirs to see.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
const API_ERRORS =
  '?AccessDeniedException ?ResourceNotFoundException ?InternalFailure ?ExecutionTimeout ?"Lambda:Unhandled" ?"Runtime Error"';

const THROTTLED = '?ProvisionedThroughputExceededException ?ThrottlingException ?RequestLimitExceeded';

export interface ErrorStreamProps {
  readonly adapter: OperationsFunction;
  readonly api: CloudwatchLogGroup;
  /** By key; never the adapter's own, which would tell itself of its own errors for ever. */
  readonly functions: Readonly<Record<string, CloudwatchLogGroup>>;
}

/** Error reporting: lines of errors go to the adapter as they are written, which tells of each kind once an hour. */
export function errorStream(stack: Stack, { adapter, api, functions }: ErrorStreamProps): void {
  errorsOf(stack, 'graphql', { group: api, pattern: API_ERRORS, adapter });
  for (const [key, group] of Object.entries(functions))
    errorsOf(stack, key, { group, pattern: FUNCTION_ERRORS, adapter });
}

function errorsOf(
  stack: Stack,
  key: string,
  { group, pattern, adapter }: { group: CloudwatchLogGroup; pattern: string; adapter: OperationsFunction },
): void {
  const scope = new Construct(stack.group('error streams'), key);
  const permission = new LambdaPermission(scope, 'errors', {
    statementId: `errors-${key}`,
    action: 'lambda:InvokeFunction',
    functionName: adapter.lambda.functionName,
    principal: 'logs.amazonaws.com',
    sourceArn: `${group.arn}:*`,
    sourceAccount: stack.accountId,
  });
  new CloudwatchLogSubscriptionFilter(scope, 'resource', {
    name: stack.named(`errors-${key}`),
    logGroupName: group.name,
    filterPattern: pattern,
    destinationArn: adapter.lambda.arn,
    dependsOn: [permission],
  });
}

/** Counts fields that failed because a table was throttled. The metric costs nothing while there is none. */
export function throttledFields(stack: Stack, api: CloudwatchLogGroup): void {
  new CloudwatchLogMetricFilter(stack, 'throttled_fields', {
    name: stack.named('throttled-fields'),
    logGroupName: api.name,
    pattern: THROTTLED,
    metricTransformation: { namespace: stack.config.namePrefix, name: 'ThrottledFields', value: '1', unit: 'Count' },
  });
}

import { IamRole, IamRolePolicy, SchedulerSchedule } from '../aws.ts';
import { allow, trust } from '../iamPolicy.ts';
import { operationsFunctions } from '../operationsFunctions.ts';
import type { Stack } from '../stacks/stack.ts';
import { operationsFunction, type OperationsFunction, type OperationsFunctionProps } from './operationsFunction.ts';

export interface ProbeProps extends Pick<OperationsFunctionProps, 'package' | 'key' | 'logKey'> {
  /** As clients call it. */
  readonly endpoint: string;
  readonly apiKey: string;
}

/** Asks the API for `serviceStatus` once a minute, over the internet and with the key that browsers have. */
export function probe(stack: Stack, { endpoint, apiKey, ...rest }: ProbeProps): OperationsFunction {
  const made = operationsFunction(stack, 'probe', {
    ...rest,
    statements: [],
    environment: { GRAPHQL_ENDPOINT: endpoint, GRAPHQL_API_KEY: apiKey, METRIC_NAMESPACE: stack.config.namePrefix },
    timeoutSeconds: operationsFunctions.probe.timeoutSeconds,
  });
  const role = new IamRole(stack.group('schedules'), 'probe_schedule', {
    name: stack.named('schedule-probe'),
    assumeRolePolicy: trust('scheduler.amazonaws.com', { accountId: stack.accountId }),
  });
  new IamRolePolicy(stack.group('schedules'), 'probe_schedule_policy', {
    name: 'invoke',
    role: role.name,
    policy: allow([
      { actions: ['lambda:InvokeFunction'], resources: [made.lambda.arn] },
      // Scheduler decrypts the schedule as this role.
      ...(rest.key ? [{ actions: ['kms:Decrypt'], resources: [rest.key.arn] }] : []),
    ]),
  });
  new SchedulerSchedule(stack.group('schedules'), 'probe', {
    name: stack.named('probe'),
    scheduleExpression: 'rate(1 minute)',
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: made.lambda.arn,
      roleArn: role.arn,
      // A minute later another one comes: what failed is what is to be seen.
      retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
    },
    ...(rest.key ? { kmsKeyArn: rest.key.arn } : {}),
  });
  return made;
}

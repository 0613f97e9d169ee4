import {
  Construct,
  type KmsKey,
  LambdaPermission,
  SnsTopic,
  SnsTopicPolicy,
  SnsTopicSubscription,
  SqsQueue,
} from '../aws.ts';
import { policy } from '../iamPolicy.ts';
import type { LambdaPackage } from '../lambdaPackages.ts';
import type { Severity } from '../observability/alarms.ts';
import { operationsFunctions } from '../operationsFunctions.ts';
import type { Stack } from '../stacks/stack.ts';
import { operationsFunction, type OperationsFunction } from './operationsFunction.ts';

export interface IncidentChannelProps {
  readonly package: LambdaPackage & { readonly path: string };
  /** Hosts that the kind `generic` may send to. */
  readonly genericHosts: readonly string[];
  /** Encrypts the topics, and lets CloudWatch and Budgets write to them. */
  readonly topicKey: KmsKey | undefined;
  readonly key: KmsKey | undefined;
  readonly logKey: KmsKey | undefined;
}

export interface IncidentChannel {
  /** Where alarms go, by how soon a person must know. Below the rung that calls persons, both are the same topic. */
  readonly topics: Readonly<Record<Severity, SnsTopic>>;
  readonly adapter: OperationsFunction;
  /** What the adapter could not deliver. */
  readonly undelivered: SqsQueue;
}

/**
 * From alarm to person: topics, and the one function that tells PagerDuty, Slack, LINE or another service. Which, where and
 * with what key is in an SSM parameter that a person writes; Terraform neither makes nor reads it, so no state has it.
 */
export function incidentChannel(stack: Stack, props: IncidentChannelProps): IncidentChannel {
  const undelivered = new SqsQueue(stack, 'incidents_undelivered', {
    name: stack.named('incidents-undelivered'),
    messageRetentionSeconds: 14 * 24 * 3600,
    ...(props.key ? { kmsMasterKeyId: props.key.arn } : { sqsManagedSseEnabled: true }),
  });
  const notices = topic(stack, 'notices', props.topicKey);
  const pages = stack.config.switches.paging ? topic(stack, 'pages', props.topicKey) : notices;
  const parameter = channelParameter(stack.config.namePrefix);
  const adapter = operationsFunction(stack, 'incidents', {
    ...props,
    statements: [
      {
        actions: ['ssm:GetParameter'],
        // Encrypted with the key `aws/ssm`, which lets in whom SSM lets in.
        resources: [`arn:aws:ssm:${stack.config.region}:${stack.accountId}:parameter${parameter}`],
      },
    ],
    environment: {
      SERVICE: stack.config.namePrefix,
      CHANNEL_PARAMETER: parameter,
      GENERIC_HOSTS: props.genericHosts.join(','),
      ...(pages === notices ? {} : { PAGES_TOPIC_ARN: pages.arn }),
    },
    timeoutSeconds: operationsFunctions.incidents.timeoutSeconds,
    deadLetters: undelivered,
  });
  deliver(stack, notices, { key: 'notices', adapter });
  if (pages !== notices) deliver(stack, pages, { key: 'pages', adapter });
  return { topics: { page: pages, notice: notices }, adapter, undelivered };
}

/** The name of the parameter that says whom to tell; `docs/runbook.md` has its forms. */
export function channelParameter(namePrefix: string): string {
  return `/${namePrefix}/incidents/channel`;
}

function topic(stack: Stack, id: 'pages' | 'notices', key: KmsKey | undefined): SnsTopic {
  const scope = new Construct(stack.group('topics'), id);
  const made = new SnsTopic(scope, 'resource', {
    name: stack.named(id),
    ...(key ? { kmsMasterKeyId: key.arn } : {}),
  });
  new SnsTopicPolicy(scope, 'policy', { arn: made.arn, policy: policy([publishers(stack, made), onlyTls(made)]) });
  return made;
}

function publishers(stack: Stack, topic: SnsTopic): object {
  return {
    Sid: 'Alarms',
    Effect: 'Allow',
    Principal: { Service: ['budgets.amazonaws.com', 'cloudwatch.amazonaws.com'] },
    Action: 'sns:Publish',
    Resource: topic.arn,
    Condition: { StringEquals: { 'aws:SourceAccount': stack.accountId } },
  };
}

function onlyTls(topic: SnsTopic): object {
  return {
    Sid: 'RefusePlainHttp',
    Effect: 'Deny',
    Principal: '*',
    Action: 'sns:Publish',
    Resource: topic.arn,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}

function deliver(
  stack: Stack,
  from: SnsTopic,
  { key, adapter: { lambda } }: { readonly key: string; readonly adapter: OperationsFunction },
): void {
  const scope = new Construct(stack.group('incident deliveries'), key);
  const permission = new LambdaPermission(scope, 'permission', {
    statementId: key,
    action: 'lambda:InvokeFunction',
    functionName: lambda.functionName,
    principal: 'sns.amazonaws.com',
    sourceArn: from.arn,
  });
  new SnsTopicSubscription(scope, 'resource', {
    topicArn: from.arn,
    protocol: 'lambda',
    endpoint: lambda.arn,
    dependsOn: [permission],
  });
}

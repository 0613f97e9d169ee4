import {
  CloudwatchLogGroup,
  Construct,
  IamRole,
  IamRolePolicy,
  type KmsKey,
  LambdaFunction,
  type SqsQueue,
} from '../aws.ts';
import { allow, keyStatement, type Statement, trust } from '../iamPolicy.ts';
import type { LambdaPackage } from '../lambdaPackages.ts';
import type { Stack } from '../stacks/stack.ts';
import { writeLogs } from './graphqlApi.ts';
import { traces } from './streamFunction.ts';

export interface OperationsFunctionProps {
  /** The deployment package and where it lies, relative to the stack's folder. */
  readonly package: LambdaPackage & { readonly path: string };
  readonly statements: readonly Statement[];
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  /** Encrypts its environment and its queue. */
  readonly key: KmsKey | undefined;
  readonly logKey: KmsKey | undefined;
  /** Gets the events that it failed to handle three times. */
  readonly deadLetters?: SqsQueue;
}

export interface OperationsFunction {
  readonly lambda: LambdaFunction;
  readonly logGroup: CloudwatchLogGroup;
}

/** A function that works for the operators: with its own role and log group, and nothing of the tables. */
export function operationsFunction(stack: Stack, key: string, props: OperationsFunctionProps): OperationsFunction {
  const scope = new Construct(stack.group('operations functions'), key);
  const functionName = stack.named(key);
  const logGroup = new CloudwatchLogGroup(scope, 'logs', {
    name: `/aws/lambda/${functionName}`,
    retentionInDays: stack.config.logRetentionDays,
    ...(props.logKey ? { kmsKeyId: props.logKey.arn } : {}),
  });
  const role = new IamRole(scope, 'role', {
    name: stack.named(`function-${key}`),
    assumeRolePolicy: trust('lambda.amazonaws.com'),
  });
  new IamRolePolicy(scope, 'policy', {
    name: 'function',
    role: role.name,
    policy: allow([writeLogs(logGroup), ...props.statements, ...implied(props), ...traces(stack)]),
  });
  const lambda = new LambdaFunction(scope, 'resource', {
    functionName,
    role: role.arn,
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    architectures: ['arm64'],
    filename: props.package.path,
    sourceCodeHash: props.package.sourceCodeHash,
    memorySize: 256,
    timeout: props.timeoutSeconds,
    environment: { variables: { ...props.environment } },
    loggingConfig: { logFormat: 'JSON', logGroup: logGroup.name },
    ...(props.key ? { kmsKeyArn: props.key.arn } : {}),
    ...(stack.config.switches.xraySamplingPercent > 0 ? { tracingConfig: { mode: 'Active' } } : {}),
    ...(props.deadLetters ? { deadLetterConfig: { targetArn: props.deadLetters.arn } } : {}),
  });
  return { lambda, logGroup };
}

function implied({ key, deadLetters }: OperationsFunctionProps): Statement[] {
  return [
    ...(deadLetters ? [{ actions: ['sqs:SendMessage'], resources: [deadLetters.arn] }] : []),
    ...(key ? [keyStatement(key.arn)] : []),
  ];
}

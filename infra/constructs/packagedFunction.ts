import { CloudwatchLogGroup, type Construct, IamRole, IamRolePolicy, type KmsKey, LambdaFunction } from '../aws.ts';
import { allow, type Statement, trust } from '../iamPolicy.ts';
import type { LambdaPackage } from '../lambdaPackages.ts';
import type { Stack } from '../stacks/stack.ts';
import { writeLogs } from './graphqlApi.ts';

export interface PackagedFunctionProps {
  /** The deployment package and where it lies, relative to the stack's folder. */
  readonly package: LambdaPackage & { readonly path: string };
  /** Beside writing its log and its traces, which every function may. */
  readonly statements: readonly Statement[];
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  /** Encrypts its environment. */
  readonly key: KmsKey | undefined;
  readonly logKey: KmsKey | undefined;
  /** Publishes a version with each change. */
  readonly versions?: boolean;
  /** ARNs, with versions. */
  readonly layers?: readonly string[];
  /** ARN of the queue that gets the events it failed to handle three times. */
  readonly deadLetters?: string;
}

export interface PackagedFunction {
  readonly lambda: LambdaFunction;
  readonly logGroup: CloudwatchLogGroup;
  readonly policy: IamRolePolicy;
}

/** What every function has, whatever calls it: a log group, a role of its own, and its package. */
export function packagedFunction(
  scope: Construct,
  stack: Stack,
  key: string,
  props: PackagedFunctionProps,
): PackagedFunction {
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
  const policy = new IamRolePolicy(scope, 'policy', {
    name: 'function',
    role: role.name,
    policy: allow([writeLogs(logGroup), ...props.statements, ...traces(stack)]),
  });
  const lambda = new LambdaFunction(scope, 'resource', {
    functionName,
    role: role.arn,
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    architectures: ['arm64'],
    filename: props.package.path,
    sourceCodeHash: props.package.sourceCodeHash,
    memorySize: props.memoryMegabytes,
    timeout: props.timeoutSeconds,
    environment: { variables: { ...props.environment } },
    loggingConfig: { logFormat: 'JSON', logGroup: logGroup.name },
    ...(props.key ? { kmsKeyArn: props.key.arn } : {}),
    ...(stack.config.switches.xraySamplingPercent > 0 ? { tracingConfig: { mode: 'Active' } } : {}),
    ...(props.layers && props.layers.length > 0 ? { layers: [...props.layers] } : {}),
    ...(props.versions ? { publish: true } : {}),
    ...(props.deadLetters ? { deadLetterConfig: { targetArn: props.deadLetters } } : {}),
  });
  return { lambda, logGroup, policy };
}

/** X-Ray has no resources to name: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html */
function traces(stack: Stack): Statement[] {
  if (stack.config.switches.xraySamplingPercent === 0) return [];
  return [{ actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], resources: ['*'] }];
}

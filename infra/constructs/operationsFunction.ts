import { type CloudwatchLogGroup, Construct, type KmsKey, type LambdaFunction, type SqsQueue } from '../aws.ts';
import { keyStatement, type Statement } from '../iamPolicy.ts';
import type { LambdaPackage } from '../lambdaPackages.ts';
import type { Stack } from '../stacks/stack.ts';
import { packagedFunction } from './packagedFunction.ts';

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
  const { lambda, logGroup } = packagedFunction(scope, stack, key, {
    ...props,
    statements: [...props.statements, ...implied(props)],
    memoryMegabytes: 256,
    deadLetters: props.deadLetters?.arn,
  });
  return { lambda, logGroup };
}

function implied({ key, deadLetters }: OperationsFunctionProps): Statement[] {
  return [
    ...(deadLetters ? [{ actions: ['sqs:SendMessage'], resources: [deadLetters.arn] }] : []),
    ...(key ? [keyStatement(key.arn)] : []),
  ];
}

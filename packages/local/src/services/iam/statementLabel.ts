import type { RequestAnalysis } from '@cloud-copilot/iam-simulate';

export type AnalysedStatement = NonNullable<RequestAnalysis['identityAnalysis']>['allowStatements'][number];

/** `api.aws_iam_role_policy.reader/ReadTable`: the policy's address and the statement's `Sid`, or its place. */
export function statementLabel({ policyId, statement }: AnalysedStatement): string {
  // The simulator counts statements from 1.
  return `${policyId}/${statement.sid() ?? `Statement[${statement.index() - 1}]`}`;
}

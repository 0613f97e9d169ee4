import type { Grant } from '../services/iam/index.ts';

type Unused = Omit<Grant, 'used'>;

/** One line: how many of what the roles may do no call has made use of. */
export const summaryOf = (granted: number, unused: readonly Unused[]): string =>
  unused.length === 0
    ? `Each of the ${granted} permissions granted has been used.`
    : `${unused.length} of the ${granted} permissions granted have not been used since the start.`;

/**
 * The permissions by role, each with its Terraform address:
 *
 *     api.aws_iam_role.archive
 *       api.aws_iam_role_policy.archive Statement[2]: dynamodb:Scan on arn:aws:dynamodb:...
 */
export function listOf(unused: readonly Unused[]): string[] {
  const roles = [...new Set(unused.map(({ role }) => role))].sort();
  return roles.flatMap((role) => [
    role,
    ...unused.filter((grant) => grant.role === role).map((grant) => `  ${lineOf(grant)}`),
  ]);
}

const lineOf = ({ policy, statement, action, resource }: Unused): string =>
  `${policy} ${statement}: ${action} on ${resource}`;

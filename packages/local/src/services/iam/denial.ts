import type { RequestAnalysis } from '@cloud-copilot/iam-simulate';
import type { Access, Principal } from '../../aws/service.ts';
import { nearestStatement } from './nearestStatement.ts';
import type { Role } from './policies.ts';
import { sessionOf } from '../../aws/session.ts';
import type { ConditionContext } from './requestContext.ts';
import { statementLabel } from './statementLabel.ts';

export interface DeniedRequest {
  readonly principal: Principal;
  readonly access: Access;
  readonly role?: Role;
  readonly context: ConditionContext;
}

/** AWS's own sentence, and after it what only the Terraform can tell. */
export function denialMessage(request: DeniedRequest, analysis: RequestAnalysis | undefined): string {
  const { principal, access, role } = request;
  const hint = role ? hintOf(request, role, analysis) : hintWithoutRole(principal);
  return `${sentence(principal, access)} ${reason(access.action, principal, analysis)} (${hint})`;
}

/** For a request that IAM cannot judge at all, as one about a resource of another service. */
export function invalidRequestMessage({ principal, access, role }: DeniedRequest): string {
  const hint = role ? `${role.address} in the Terraform` : hintWithoutRole(principal);
  return `${sentence(principal, access)} because ${access.action} does not apply to such a resource (${hint})`;
}

function sentence(principal: Principal, { action, resource }: Access): string {
  return `User: ${sessionOf(principal)} is not authorized to perform: ${action} on resource: ${resource}`;
}

function reason(action: string, { arn }: Principal, analysis: RequestAnalysis | undefined): string {
  if (denies(analysis?.identityAnalysis)) return 'with an explicit deny in an identity-based policy';
  if (denies(analysis?.permissionBoundaryAnalysis)) return 'with an explicit deny in a permissions boundary';
  if (denies(analysis?.resourceAnalysis)) return 'with an explicit deny in a resource-based policy';
  if (analysis?.blockedBy?.includes('pb')) return `because no permissions boundary allows the ${action} action`;
  const kind = arn.startsWith('arn:') ? 'identity-based' : 'resource-based';
  return `because no ${kind} policy allows the ${action} action`;
}

function denies(analysis: { readonly denyStatements: readonly unknown[] } | undefined): boolean {
  return (analysis?.denyStatements.length ?? 0) > 0;
}

function hintOf({ access, context }: DeniedRequest, role: Role, analysis: RequestAnalysis | undefined): string {
  const parts = [analysis?.identityAnalysis, analysis?.permissionBoundaryAnalysis, analysis?.resourceAnalysis];
  const denying = parts.flatMap((part) => part?.denyStatements ?? [])[0];
  if (denying !== undefined) return `${role.address} in the Terraform; denied by ${statementLabel(denying)}`;
  if (analysis?.blockedBy?.includes('pb') && role.permissionsBoundary) {
    return `${role.address} in the Terraform; its permissions boundary is ${role.permissionsBoundary.address}`;
  }
  return `${role.address} in the Terraform; ${nearestStatement({ access, context, role, analysis })}`;
}

function hintWithoutRole({ arn }: Principal): string {
  if (arn === 'anonymous') return 'the call is not signed';
  return arn.startsWith('arn:')
    ? 'no role of the Terraform has this ARN'
    : 'a resource-based policy must name it, as aws_lambda_permission and aws_sqs_queue_policy do';
}

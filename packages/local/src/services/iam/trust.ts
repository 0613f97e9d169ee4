import type { Account } from '../../aws/account.ts';
import type { Policies, Policy } from './policies.ts';
import { PolicyError } from './policyError.ts';
import { simulate } from './simulate.ts';
import type { AnalysedStatement } from './statementLabel.ts';
import { statementsOf, textsOf } from './validatePolicy.ts';

/** What a service tells about itself when it takes on a role. */
export interface TrustContext {
  /** The resource on whose behalf it acts: the ARN of the AppSync API, of the Lambda function. */
  readonly sourceArn?: string;
  readonly sourceAccount?: string;
  /** What the caller was told to say, as a user pool that texts. */
  readonly externalId?: string;
}

export interface TrustQuestion {
  readonly account: Account;
  readonly policies: Policies;
  readonly roleArn: string;
  /** `appsync.amazonaws.com` */
  readonly servicePrincipal: string;
  readonly context: TrustContext;
}

/** @throws PolicyError when the service may not take on the role, or there is no such role */
export async function requireTrust({
  account,
  policies,
  roleArn,
  servicePrincipal,
  context,
}: TrustQuestion): Promise<void> {
  const role = policies.role(roleArn);
  if (role === undefined) {
    throw new PolicyError([`${servicePrincipal} is to take on ${roleArn}, but no role of the Terraform has this ARN`]);
  }
  const outcome = await simulate({
    account,
    principal: servicePrincipal,
    action: 'sts:AssumeRole',
    resource: roleArn,
    context: contextOf(context),
    identityPolicies: [],
    resourcePolicy: role.trust,
  });
  if ('analysis' in outcome && outcome.analysis.result === 'Allowed') return;
  const statements = 'analysis' in outcome ? (outcome.analysis.resourceAnalysis?.unmatchedStatements ?? []) : [];
  throw new PolicyError([
    `${role.address} does not let ${servicePrincipal} take it on: ${reason(role.trust, servicePrincipal, statements)}`,
  ]);
}

function contextOf({ sourceArn, sourceAccount, externalId }: TrustContext): Record<string, string> {
  return {
    ...(sourceArn === undefined ? {} : { 'aws:SourceArn': sourceArn }),
    ...(sourceAccount === undefined ? {} : { 'aws:SourceAccount': sourceAccount }),
    ...(externalId === undefined ? {} : { 'sts:ExternalId': externalId }),
  };
}

function reason(trust: Policy, service: string, statements: readonly AnalysedStatement[]): string {
  const failed = failedCondition(statements);
  if (failed !== undefined) return failed;
  const services = servicesOf(trust);
  const trusted = services.length === 0 ? 'no service' : services.join(', ');
  return `its assume_role_policy trusts ${trusted}. Allow sts:AssumeRole to Principal {"Service": "${service}"} there`;
}

/** What the statement wants that names who is to take the role on; undefined when no condition stands in the way. */
export function failedCondition(statements: readonly AnalysedStatement[]): string | undefined {
  const named = statements.find(({ principalMatch, actionMatch }) => principalMatch === 'Match' && actionMatch);
  const failed = named?.explain.conditions?.find(({ matches }) => !matches);
  if (failed === undefined) return undefined;
  const wanted = JSON.stringify([failed.values].flat().map(({ value }) => value));
  const given = failed.resolvedConditionKeyValue ?? 'not given';
  return `its assume_role_policy wants ${failed.conditionKeyValue} ${failed.operator} ${wanted}, and here it is ${given}`;
}

function servicesOf(trust: Policy): readonly string[] {
  return statementsOf(trust.document).flatMap(({ Effect: effect, Principal: principal }) => {
    if (effect !== 'Allow' || typeof principal !== 'object' || principal === null || Array.isArray(principal))
      return [];
    return textsOf(principal.Service);
  });
}

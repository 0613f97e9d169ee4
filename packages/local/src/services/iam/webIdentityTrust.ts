import type { Account } from '../../aws/account.ts';
import type { WebIdentity } from '../../aws/service.ts';
import type { Policies } from './policies.ts';
import { PolicyError } from './policyError.ts';
import type { ConditionContext } from './requestContext.ts';
import { simulate } from './simulate.ts';
import { failedCondition } from './trust.ts';

const PROVIDER = 'cognito-identity.amazonaws.com';

/** A pool that no configuration has: its UUID is the nil one. */
const ANOTHER_POOL = 'us-east-1:00000000-0000-0000-0000-000000000000';

/** What a session of an identity pool is asked about by trust policies, and by those of its role. */
export function webIdentityContext({ identityPoolId, identityId, methods }: WebIdentity): ConditionContext {
  return { [`${PROVIDER}:aud`]: identityPoolId, [`${PROVIDER}:sub`]: identityId, [`${PROVIDER}:amr`]: methods };
}

interface Question {
  readonly account: Account;
  readonly policies: Policies;
  readonly roleArn: string;
  readonly identity: WebIdentity;
}

/** @throws PolicyError when the identity may not take on the role, when everybody's may, or there is no such role */
export async function requireWebIdentityTrust({ account, policies, roleArn, identity }: Question): Promise<void> {
  const role = policies.role(roleArn);
  if (role === undefined) {
    throw new PolicyError([`${PROVIDER} is to take on ${roleArn}, but no role of the Terraform has this ARN`]);
  }
  const assume = (as: WebIdentity) =>
    simulate({
      account,
      principal: PROVIDER,
      action: 'sts:AssumeRoleWithWebIdentity',
      resource: roleArn,
      context: webIdentityContext(as),
      identityPolicies: [],
      resourcePolicy: role.trust,
    });
  const own = await assume(identity);
  if (!('analysis' in own) || own.analysis.result !== 'Allowed') {
    const statements = 'analysis' in own ? (own.analysis.resourceAnalysis?.unmatchedStatements ?? []) : [];
    const why =
      failedCondition(statements) ??
      `allow sts:AssumeRoleWithWebIdentity to Principal {"Federated": "${PROVIDER}"} in its assume_role_policy`;
    throw new PolicyError([`${role.address} does not let ${identity.authType} identities take it on: ${why}`]);
  }
  // Pools are anybody's: whoever makes one lets itself in as it likes.
  const others = await assume({ ...identity, identityPoolId: ANOTHER_POOL });
  if ('analysis' in others && others.analysis.result === 'Allowed') {
    throw new PolicyError([
      `${role.address} lets the identities of everybody's pools take it on: ` +
        `add a condition on ${PROVIDER}:aud to its assume_role_policy`,
    ]);
  }
}

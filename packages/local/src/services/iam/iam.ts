import type { Account } from '../../aws/account.ts';
import { AwsError } from '../../aws/error.ts';
import type { Access, Authorizer, Principal, WebIdentity } from '../../aws/service.ts';
import { systemClock, type Clock } from '../../clock.ts';
import { createDecisions, type Decisions } from './decisions.ts';
import type { EncryptedResource, IamDefinition } from './definition.ts';
import { denialMessage, invalidRequestMessage } from './denial.ts';
import { createKeys, type Keys } from './keys.ts';
import { loadPolicies, noPolicies, type Policies } from './policies.ts';
import { relevantContext, type ConditionContext } from './requestContext.ts';
import { simulate } from './simulate.ts';
import { requireTrust, type TrustContext } from './trust.ts';
import { createUsageRecorder, type Grant } from './usage.ts';
import { requireWebIdentityTrust } from './webIdentityTrust.ts';

export interface IamOptions {
  readonly account: Account;
  readonly clock?: Clock;
  /** How many decisions are remembered; 10,000 by default. */
  readonly rememberedDecisions?: number;
}

export interface Iam extends Authorizer {
  /**
   * Takes the policies of a newly read configuration, and forgets every decision. When a document is not one that AWS
   * would accept, the former policies stay in force.
   *
   * @throws PolicyError
   */
  replace(definition: IamDefinition): Promise<void>;
  /**
   * Resolves when the role's trust policy lets the service take it on.
   *
   * @throws PolicyError naming the role's address and the fix
   */
  trusts(roleArn: string, servicePrincipal: string, context?: TrustContext): Promise<void>;
  /**
   * Resolves when the role's trust policy lets this guest or user of an identity pool take it on, and those of no other pool.
   *
   * @throws PolicyError naming the role's address and the fix
   */
  trustsWebIdentity(roleArn: string, identity: WebIdentity): Promise<void>;
  /** Every action on every resource that the roles' policies allow, and whether an allowed call has used it since the start. */
  usage(): readonly Grant[];
}

type Decision = { readonly allowed: true } | { readonly allowed: false; readonly message: string };

const ALLOWED: Decision = { allowed: true };

/** Decisions belong to the policies they were made by: one that is still being made when these change is not kept. */
interface Rules {
  readonly policies: Policies;
  readonly keys: Keys;
  readonly decisions: Decisions<Decision>;
}

/** Enforces the roles and policies of a configuration as AWS does. Nothing is allowed until the first `replace`, but to root. */
export function createIam({ account, clock = systemClock, rememberedDecisions = 10_000 }: IamOptions): Iam {
  const rulesOf = (policies: Policies, encrypted: readonly EncryptedResource[] = []): Rules => ({
    policies,
    keys: createKeys(encrypted, account),
    decisions: createDecisions(rememberedDecisions),
  });
  const usage = createUsageRecorder();
  const root = `arn:aws:iam::${account.accountId}:root`;
  let rules = rulesOf(noPolicies);

  const contextOf = ({ policies }: Rules, principal: Principal, access: Access): ConditionContext => {
    const ofRole = policies.role(principal.arn)?.conditionKeys ?? NO_KEYS;
    const ofResource = policies.resourcePolicy(access.resource)?.conditionKeys ?? NO_KEYS;
    if (ofRole.size === 0 && ofResource.size === 0) return NO_CONTEXT;
    return relevantContext(access, new Set([...ofRole, ...ofResource]), { account, clock, principal });
  };

  const decide = async (
    { policies }: Rules,
    principal: Principal,
    { access, context }: Question,
  ): Promise<Decision> => {
    const role = policies.role(principal.arn);
    const resourcePolicy = policies.resourcePolicy(access.resource);
    const request = { principal, access, role, context };
    if (role === undefined && resourcePolicy === undefined)
      return { allowed: false, message: denialMessage(request, undefined) };
    const outcome = await simulate({
      account,
      principal: principal.arn,
      action: access.action,
      resource: access.resource,
      context,
      identityPolicies: role?.policies ?? [],
      permissionsBoundary: role?.permissionsBoundary,
      resourcePolicy,
    });
    if ('invalid' in outcome) return { allowed: false, message: unjudged(request, outcome.invalid) };
    if (outcome.analysis.result !== 'Allowed')
      return { allowed: false, message: denialMessage(request, outcome.analysis) };
    if (!principal.isTrial) usage.record(principal.arn, outcome.analysis);
    return ALLOWED;
  };

  const judge = (asked: Rules, principal: Principal, access: Access): void | Promise<void> => {
    const context = contextOf(asked, principal, access);
    const key = `${principal.arn} ${access.action} ${context === NO_CONTEXT ? '' : JSON.stringify(context)} ${access.resource}`;
    const known = asked.decisions.get(key);
    if (known !== undefined) return settle(known);
    return decide(asked, principal, { access, context }).then((decision) => {
      // A remembered decision is not decided again, so the first use has to be one.
      if (key.length <= LONGEST_KEY && !principal.isTrial) asked.decisions.set(key, decision);
      settle(decision);
    });
  };

  /** What is asked of the resource comes before what is asked of its key. */
  const judgeAll = async (asked: Rules, principal: Principal, accesses: readonly Access[]): Promise<void> => {
    for (const access of accesses) await judge(asked, principal, access);
  };

  return {
    authorize(principal, access) {
      if (principal.arn === root) return;
      const asked = rules;
      const ofKey = asked.keys.accesses(access);
      return ofKey.length === 0 ? judge(asked, principal, access) : judgeAll(asked, principal, [access, ...ofKey]);
    },
    async replace(definition) {
      rules = rulesOf(await loadPolicies(definition), definition.encrypted);
    },
    trusts: (roleArn, servicePrincipal, context = {}) =>
      requireTrust({ account, policies: rules.policies, roleArn, servicePrincipal, context }),
    trustsWebIdentity: (roleArn, identity) =>
      requireWebIdentityTrust({ account, policies: rules.policies, roleArn, identity }),
    usage: () => usage.report(rules.policies),
  };
}

interface Question {
  readonly access: Access;
  readonly context: ConditionContext;
}

/** What is longer holds many values, is hardly asked twice, and would fill the memory. */
const LONGEST_KEY = 4_096;

const NO_CONTEXT: ConditionContext = {};
const NO_KEYS: ReadonlySet<string> = new Set();

function settle(decision: Decision): void {
  if (!decision.allowed) throw new AwsError('AccessDeniedException', decision.message);
}

/** A resource may come from a client and be nonsense, but an action comes from this package. */
function unjudged(request: Parameters<typeof invalidRequestMessage>[0], reason: string): string {
  if (reason === 'invalid.action' || reason === 'invalid.service') {
    throw new Error(`A service asked IAM about ${request.access.action}, which is no action of AWS`);
  }
  return invalidRequestMessage(request);
}

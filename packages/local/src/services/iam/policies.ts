import type { JsonObject } from '../../json.ts';
import { mentionedConditionKeys } from './conditionKeys.ts';
import type { IamDefinition, PolicyDefinition, ResourcePolicyDefinition, RoleDefinition } from './definition.ts';
import { PolicyError } from './policyError.ts';
import { statementsOf, validatePolicy, type PolicyKind } from './validatePolicy.ts';

/** A configuration's policies, validated and ready to be asked. */
export interface Policies {
  role(arn: string): Role | undefined;
  /** The policy at the resource, or at what it lies in. */
  resourcePolicy(resource: string): ResourcePolicy | undefined;
  readonly roles: readonly Role[];
}

export interface Role {
  readonly arn: string;
  readonly name: string;
  readonly address: string;
  readonly trust: Policy;
  readonly policies: readonly Policy[];
  readonly permissionsBoundary?: Policy;
  /** In lower case: the condition keys that can make a difference to a decision about this role. */
  readonly conditionKeys: ReadonlySet<string>;
}

export interface Policy {
  /** Several permissions of one function are one policy to IAM; their addresses are joined by commas. */
  readonly address: string;
  readonly document: JsonObject;
}

export interface ResourcePolicy extends Policy {
  readonly conditionKeys: ReadonlySet<string>;
}

export const noPolicies: Policies = { role: () => undefined, resourcePolicy: () => undefined, roles: [] };

/** @throws PolicyError listing every problem of every document */
export async function loadPolicies(definition: IamDefinition): Promise<Policies> {
  const problems: string[] = [];
  const load = async (
    document: PolicyDefinition['document'],
    kind: PolicyKind,
    address: string,
  ): Promise<JsonObject> => {
    const validated = await validatePolicy(document, kind, address);
    problems.push(...validated.problems);
    return validated.document;
  };
  const roles = new Map<string, Role>();
  for (const role of definition.roles) {
    const same = roles.get(role.arn);
    if (same !== undefined) problems.push(`${role.address}: ${same.address} has the same name ${role.name}`);
    roles.set(role.arn, await loadRole(role, load));
  }
  const resourcePolicies = await loadResourcePolicies(definition.resourcePolicies ?? [], load);
  if (problems.length > 0) throw new PolicyError(problems);
  return { role: (arn) => roles.get(arn), resourcePolicy: finder(resourcePolicies), roles: [...roles.values()] };
}

type Load = (document: PolicyDefinition['document'], kind: PolicyKind, address: string) => Promise<JsonObject>;

async function loadRole(role: RoleDefinition, load: Load): Promise<Role> {
  const { arn, name, address, permissionsBoundary: boundary } = role;
  const trustAddress = `${address}.assume_role_policy`;
  const trust = { address: trustAddress, document: await load(role.trustPolicy, 'trust', trustAddress) };
  const policies: Policy[] = [];
  for (const policy of role.policies) {
    policies.push({ address: policy.address, document: await load(policy.document, 'identity', policy.address) });
  }
  const permissionsBoundary = boundary && {
    address: boundary.address,
    document: await load(boundary.document, 'identity', boundary.address),
  };
  const documents = [...policies, ...(permissionsBoundary ? [permissionsBoundary] : [])].map(
    ({ document }) => document,
  );
  return { arn, name, address, trust, policies, permissionsBoundary, conditionKeys: mentionedConditionKeys(documents) };
}

async function loadResourcePolicies(
  definitions: readonly ResourcePolicyDefinition[],
  load: Load,
): Promise<ReadonlyMap<string, ResourcePolicy>> {
  const loaded = new Map<string, ResourcePolicy>();
  for (const { resourceArn, address, document } of definitions) {
    const part = await load(document, 'resource', address);
    const earlier = loaded.get(resourceArn);
    const merged = {
      Version: part.Version ?? earlier?.document.Version ?? '2012-10-17',
      Statement: [...(earlier ? statementsOf(earlier.document) : []), ...statementsOf(part)],
    };
    loaded.set(resourceArn, {
      address: earlier ? `${earlier.address}, ${address}` : address,
      document: merged,
      conditionKeys: mentionedConditionKeys([merged]),
    });
  }
  return loaded;
}

/** `bucket/key` lies in `bucket`, `function:f:alias` in `function:f`, `table/t/index/i` in `table/t`. */
function finder(policies: ReadonlyMap<string, ResourcePolicy>): Policies['resourcePolicy'] {
  if (policies.size === 0) return () => undefined;
  return (resource) => {
    for (
      let end = resource.length;
      end > 0;
      end = Math.max(resource.lastIndexOf('/', end - 1), resource.lastIndexOf(':', end - 1))
    ) {
      const found = policies.get(resource.slice(0, end));
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

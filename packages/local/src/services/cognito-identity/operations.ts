import type { JsonObject } from '../../json.ts';
import { type Context, requirePool } from './context.ts';
import { classicFlowRefused, identityNotFound } from './errors.ts';
import { requireId } from './input.ts';
import { getCredentialsForIdentity } from './operations/getCredentialsForIdentity.ts';
import { getId } from './operations/getId.ts';

type Operation = (context: Context, input: JsonObject) => JsonObject | Promise<JsonObject>;

/** What browsers call, unsigned. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    GetId: getId,
    GetCredentialsForIdentity: getCredentialsForIdentity,
    // The first half of the classic flow, which these pools do not have.
    GetOpenIdToken(context, input) {
      const identityId = requireId(input, 'IdentityId');
      const identity = context.identities.find(identityId);
      if (!identity) throw identityNotFound(identityId);
      requirePool(context, identity.identityPoolId);
      throw classicFlowRefused();
    },
  } satisfies Record<string, Operation>),
);

export const NOT_EMULATED: ReadonlySet<string> = new Set([
  'CreateIdentityPool',
  'DeleteIdentities',
  'DeleteIdentityPool',
  'DescribeIdentity',
  'DescribeIdentityPool',
  'GetIdentityPoolRoles',
  'GetOpenIdTokenForDeveloperIdentity',
  'GetPrincipalTagAttributeMap',
  'ListIdentities',
  'ListIdentityPools',
  'ListTagsForResource',
  'LookupDeveloperIdentity',
  'MergeDeveloperIdentities',
  'SetIdentityPoolRoles',
  'SetPrincipalTagAttributeMap',
  'TagResource',
  'UnlinkDeveloperIdentity',
  'UnlinkIdentity',
  'UntagResource',
  'UpdateIdentityPool',
]);

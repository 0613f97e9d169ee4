import type { Authorizer, Principal } from '../../../aws/service.ts';
import { AwsError } from '../../../aws/error.ts';
import { attempt, chain, type MaybePromise } from '../execution/chain.ts';
import type { AppSyncApi, AuthenticationProvider } from '../model.ts';
import type { FieldAccess } from './fieldAccess.ts';

/** Who makes a GraphQL request, by one of the API's authorization modes. */
export interface Caller {
  readonly provider: AuthenticationProvider;
  /** `ctx.identity`; null for an API key. */
  readonly identity: unknown;
  /** AWS_IAM only. */
  readonly principal?: Principal;
  /** The user's groups; empty in other modes. */
  readonly groups: readonly string[];
}

export interface FieldCoordinate {
  readonly typeName: string;
  readonly fieldName: string;
  readonly access: FieldAccess;
  readonly isRoot: boolean;
}

/** Whether the caller may have the field. IAM callers are judged by their policies, so that may take a moment. */
export function mayAccess(
  api: AppSyncApi,
  authorizer: Authorizer,
  caller: Caller,
  field: FieldCoordinate,
): MaybePromise<boolean> {
  if (!allowedByDirectives(api, caller, field.access)) return false;
  if (caller.principal === undefined || !(field.isRoot || field.access.own)) return true;
  const { principal } = caller;
  const resource = `${api.arn}/types/${field.typeName}/fields/${field.fieldName}`;
  return attempt(
    () => chain(authorizer.authorize(principal, { action: 'appsync:GraphQL', resource }), () => true),
    (error) => {
      if (error instanceof AwsError) return false;
      throw error;
    },
  );
}

function allowedByDirectives(api: AppSyncApi, { provider, groups }: Caller, access: FieldAccess): boolean {
  if (access.undecorated) {
    if (provider.type !== api.defaultAuthentication.type) return false;
    return provider.type !== 'AMAZON_COGNITO_USER_POOLS' || provider.defaultAction === 'ALLOW';
  }
  switch (provider.type) {
    case 'API_KEY':
      return access.apiKey;
    case 'AWS_IAM':
      return access.iam;
    case 'AMAZON_COGNITO_USER_POOLS': {
      const needed = access.groups;
      return access.userPools && (needed === undefined || groups.some((group) => needed.has(group)));
    }
  }
}

import {
  type AppsyncGraphqlApi,
  CognitoIdentityPool,
  CognitoIdentityPoolRolesAttachment,
  Construct,
  IamRole,
  IamRolePolicy,
} from '../aws.ts';
import { allow, trustIdentities, type IdentityType } from '../iamPolicy.ts';
import type { Stack } from '../stacks/stack.ts';
import type { UserPool } from './userPool.ts';

export interface IdentityPoolProps {
  readonly api: AppsyncGraphqlApi;
  readonly members: UserPool;
  /** Fields of Query that everybody may read. */
  readonly queries: readonly string[];
}

/**
 * Temporary keys for browsers that sign their requests: of guests, and of members. Both may read what the API key may, and
 * nothing else; what is a member's own is asked for with the member's token (decision 0029). Nothing is kept under the id
 * of an identity, so the pool holds no data.
 */
export function identityPool(stack: Stack, { api, members, queries }: IdentityPoolProps): CognitoIdentityPool {
  const pool = new CognitoIdentityPool(stack, 'visitors', {
    identityPoolName: stack.named('visitors'),
    allowUnauthenticatedIdentities: true,
    // The other flow lets a browser choose among all roles that trust the pool, and guests out of AWS's own bounds for them.
    allowClassicFlow: false,
    cognitoIdentityProviders: [
      {
        providerName: members.pool.endpoint,
        clientId: members.client.id,
        // A token of somebody who signed out everywhere or is gone buys no more keys.
        serverSideTokenCheck: true,
      },
    ],
  });
  const role = (id: string, type: IdentityType): IamRole => {
    const scope = new Construct(stack.group('identity pool'), id);
    const made = new IamRole(scope, 'role', {
      name: stack.named(id),
      assumeRolePolicy: trustIdentities(pool.id, type),
    });
    new IamRolePolicy(scope, 'policy', {
      name: 'public-queries',
      role: made.name,
      policy: allow([
        { actions: ['appsync:GraphQL'], resources: queries.map((name) => `${api.arn}/types/Query/fields/${name}`) },
      ]),
    });
    return made;
  };
  new CognitoIdentityPoolRolesAttachment(stack, 'visitors_roles', {
    identityPoolId: pool.id,
    roles: {
      unauthenticated: role('guests', 'unauthenticated').arn,
      authenticated: role('identified', 'authenticated').arn,
    },
  });
  return pool;
}

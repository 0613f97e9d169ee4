import { CognitoUserGroup, CognitoUserPool, CognitoUserPoolClient } from '../aws.ts';
import type { Stack } from '../stacks/stack.ts';

export interface UserPool {
  readonly pool: CognitoUserPool;
  readonly client: CognitoUserPoolClient;
}

/** Who members are: they sign up and in by e-mail. `sub` is their user id everywhere. */
export function userPool(stack: Stack): UserPool {
  const pool = new CognitoUserPool(stack, 'members', {
    name: stack.named('members'),
    // The cheapest tier has all that is used: SRP, groups, verification by e-mail.
    userPoolTier: 'LITE',
    usernameAttributes: ['email'],
    autoVerifiedAttributes: ['email'],
    usernameConfiguration: { caseSensitive: false },
    mfaConfiguration: 'OFF',
    // Length decides; forced symbols make people choose worse passwords (NIST SP 800-63B, 5.1.1.2).
    passwordPolicy: {
      minimumLength: 12,
      requireLowercase: false,
      requireNumbers: false,
      requireSymbols: false,
      requireUppercase: false,
      temporaryPasswordValidityDays: 7,
    },
    accountRecoverySetting: { recoveryMechanism: [{ name: 'verified_email', priority: 1 }] },
    adminCreateUserConfig: { allowAdminCreateUserOnly: false },
    deletionProtection: stack.config.deletionProtection ? 'ACTIVE' : 'INACTIVE',
    lifecycle: stack.lifecycle(),
  });
  const client = new CognitoUserPoolClient(stack, 'front_end', {
    name: stack.named('front-end'),
    userPoolId: pool.id,
    // A browser cannot keep a secret.
    generateSecret: false,
    explicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    preventUserExistenceErrors: 'ENABLED',
    enableTokenRevocation: true,
    authSessionValidity: 3,
    accessTokenValidity: 60,
    idTokenValidity: 60,
    refreshTokenValidity: 30,
    tokenValidityUnits: [{ accessToken: 'minutes', idToken: 'minutes', refreshToken: 'days' }],
  });
  group(stack, pool, { name: 'moderators', description: 'Read the moderation queue and decide its cases.' });
  group(stack, pool, { name: 'operators', description: 'Send announcements.' });
  return { pool, client };
}

/** Groups are named in the schema's `cognito_groups`, so their names are not made by stage. */
function group(
  stack: Stack,
  pool: CognitoUserPool,
  described: { readonly name: string; readonly description: string },
): void {
  new CognitoUserGroup(stack, described.name, { userPoolId: pool.id, ...described });
}

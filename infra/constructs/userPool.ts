import {
  type CognitoIdentityProvider,
  CognitoUserGroup,
  CognitoUserPool,
  CognitoUserPoolClient,
  CognitoUserPoolDomain,
  Construct,
  IamRole,
  IamRolePolicy,
} from '../aws.ts';
import { socialProviders } from './socialProviders.ts';
import { policy, trust } from '../iamPolicy.ts';
import type { Config } from '../config.ts';
import type { Stack } from '../stacks/stack.ts';

export interface UserPool {
  readonly pool: CognitoUserPool;
  readonly client: CognitoUserPoolClient;
  /** Of the login page. */
  readonly domain: CognitoUserPoolDomain;
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
    // Whoever wants one has a second factor: an authenticator app, or, because the pool can text, a text message.
    mfaConfiguration: 'OPTIONAL',
    softwareTokenMfaConfiguration: { enabled: true },
    // Length decides; forced symbols make people choose worse passwords (NIST SP 800-63B, 5.1.1.2).
    passwordPolicy: {
      minimumLength: 12,
      requireLowercase: false,
      requireNumbers: false,
      requireSymbols: false,
      requireUppercase: false,
      temporaryPasswordValidityDays: 7,
    },
    // At every rung: a role costs nothing, and SNS itself caps what is spent on messages ($1 a month until it is raised).
    // Without it nobody could verify a phone, and a rung would take away what a lower one had.
    smsConfiguration: textMessages(stack),
    // Not by phone: who takes over a number would take over the account.
    accountRecoverySetting: { recoveryMechanism: [{ name: 'verified_email', priority: 1 }] },
    adminCreateUserConfig: { allowAdminCreateUserOnly: false },
    deletionProtection: stack.config.deletionProtection ? 'ACTIVE' : 'INACTIVE',
    lifecycle: stack.lifecycle(),
  });
  const callbackUrls = callbackUrlsOf(stack.config);
  const providers = socialProviders(stack, pool, stack.config.signInWith);
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
    // Without a page to return to there is no login page.
    ...(callbackUrls.length > 0 ? loginPage(callbackUrls, providers) : {}),
  });
  group(stack, pool, { name: 'moderators', description: 'Read the moderation queue and decide its cases.' });
  group(stack, pool, { name: 'operators', description: 'Send announcements.' });
  return { pool, client, domain: domain(stack, pool) };
}

/** Pages of the stage, as they are written: the login page returns to no other. */
const callbackUrlsOf = ({ callbackUrls, domain }: Config): readonly string[] => [
  ...callbackUrls,
  ...(domain === undefined ? [] : [`https://${domain}/`]),
];

/** The code flow alone: the implicit one puts tokens into addresses. */
function loginPage(urls: readonly string[], providers: readonly CognitoIdentityProvider[]) {
  return {
    allowedOauthFlowsUserPoolClient: true,
    allowedOauthFlows: ['code'],
    // The last lets members change their own attributes with the tokens they get there.
    allowedOauthScopes: ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin'],
    callbackUrls: [...urls],
    logoutUrls: [...urls],
    // By what Terraform knows of them, so that they are there before the client that names them.
    supportedIdentityProviders: ['COGNITO', ...providers.map(({ providerName }) => providerName)],
  };
}

/**
 * Below Cognito's own domain at every rung: one of ours would cost a certificate in another Region, and a stack that has
 * to wait for the name servers. Its name is shared with every customer of the Region, so the account's number is in it.
 */
function domain(stack: Stack, pool: CognitoUserPool): CognitoUserPoolDomain {
  return new CognitoUserPoolDomain(stack, 'login', {
    domain: `${stack.named('members')}-${stack.accountId}`,
    userPoolId: pool.id,
  });
}

/** What the pool texts as. Messages go to phone numbers, which have no ARN, so the policy denies what has one. */
function textMessages(stack: Stack): { readonly externalId: string; readonly snsCallerArn: string } {
  const externalId = stack.named('members-text-messages');
  const scope = new Construct(stack, 'text_messages');
  const role = new IamRole(scope, 'role', {
    name: externalId,
    assumeRolePolicy: trust('cognito-idp.amazonaws.com', { accountId: stack.accountId, externalId }),
  });
  new IamRolePolicy(scope, 'policy', {
    name: 'phones',
    role: role.name,
    policy: policy([
      { Effect: 'Allow', Action: 'sns:Publish', Resource: '*' },
      { Effect: 'Deny', Action: 'sns:Publish', Resource: 'arn:aws:sns:*:*:*' },
    ]),
  });
  return { externalId, snsCallerArn: role.arn };
}

/** Groups are named in the schema's `cognito_groups`, so their names are not made by stage. */
function group(
  stack: Stack,
  pool: CognitoUserPool,
  described: { readonly name: string; readonly description: string },
): void {
  new CognitoUserGroup(stack, described.name, { userPoolId: pool.id, ...described });
}

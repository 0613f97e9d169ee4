import type { Principal } from '../../../aws/service.ts';
import { sessionOf } from '../../../aws/session.ts';

export type Claims = Readonly<Record<string, unknown>>;

/** `ctx.identity` per mode. https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference-js.html */
export interface UserPoolIdentity {
  readonly sub: unknown;
  readonly issuer: unknown;
  readonly username: unknown;
  readonly claims: Claims;
  readonly sourceIp: readonly string[];
  readonly defaultAuthStrategy: 'ALLOW' | 'DENY';
  readonly groups: readonly string[] | null;
}

export function userPoolIdentity(
  claims: Claims,
  defaultAuthStrategy: 'ALLOW' | 'DENY',
  sourceIp: readonly string[],
): UserPoolIdentity {
  const groups = claims['cognito:groups'];
  return {
    claims,
    defaultAuthStrategy,
    groups: Array.isArray(groups) ? groups.map(String) : null,
    issuer: claims.iss ?? null,
    sourceIp,
    sub: claims.sub ?? null,
    // ID tokens have `cognito:username`, access tokens `username`.
    username: claims['cognito:username'] ?? claims.username ?? null,
  };
}

/** The cognito members are null without an identity pool. */
export function iamIdentity(principal: Principal, sourceIp: readonly string[]) {
  const { arn, webIdentity } = principal;
  return {
    accountId: arn.split(':')[4] ?? null,
    cognitoIdentityAuthProvider: webIdentity?.authProvider ?? null,
    cognitoIdentityAuthType: webIdentity?.authType ?? null,
    cognitoIdentityId: webIdentity?.identityId ?? null,
    cognitoIdentityPoolId: webIdentity?.identityPoolId ?? null,
    sourceIp,
    userArn: webIdentity ? sessionOf(principal) : arn,
    username: webIdentity?.userId ?? arn.slice(arn.lastIndexOf('/') + 1),
  };
}

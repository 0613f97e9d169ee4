import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import type { Jwks } from 'aws-jwt-verify/jwk';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { CLIENT_ID, NOON, POOL_ID, readClaims, startCognito, type TestCognito } from './support.ts';

const OTHER_POOL_ID = 'us-east-1_Other0000';
const ISSUER = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEf9hI';

let local: TestCognito;
let AccessToken: string;
let IdToken: string;

beforeAll(async () => {
  const schema = [{ name: 'custom:plan' }];
  local = await startCognito({
    pool: { schema },
    client: { readAttributes: ['email', 'email_verified', 'custom:plan'] },
  });
  local.cognito.provisionPool({
    poolId: OTHER_POOL_ID,
    name: 'other',
    arn: 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Other0000',
    address: 'aws_cognito_user_pool.other',
    passwordPolicy: {
      minimumLength: 8,
      requireUppercase: false,
      requireLowercase: false,
      requireNumbers: false,
      requireSymbols: false,
      temporaryPasswordValidityDays: 7,
    },
    autoVerifiedAttributes: [],
    mfa: 'OFF',
    mfaFactors: [],
    lambdaTriggers: {},
  });
  await local.addUser('hana');
  local.cognito.provisionGroup({ poolId: POOL_ID, name: 'operator', precedence: 2 });
  local.cognito.provisionGroup({
    poolId: POOL_ID,
    name: 'moderator',
    precedence: 1,
    roleArn: 'arn:aws:iam::123456789012:role/moderator',
  });
  for (const GroupName of ['operator', 'moderator']) {
    await local.call('AdminAddUserToGroup', { UserPoolId: POOL_ID, Username: 'hana', GroupName });
  }
  const { AccessToken: access } = await local.tokens('hana');
  await local.call('UpdateUserAttributes', {
    AccessToken: access,
    UserAttributes: [
      { Name: 'custom:plan', Value: 'free' },
      { Name: 'nickname', Value: 'H' },
    ],
  });
  ({ AccessToken, IdToken } = await local.tokens('hana'));
});
afterAll(() => local.close());

const part = (value: JsonObject) => Buffer.from(JSON.stringify(value)).toString('base64url');
const header = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as JsonObject;
const verify = (token: string, poolIds: readonly string[] = [POOL_ID]) => local.cognito.verifyToken(poolIds, token);
const refusal = (reason: string, message?: string) =>
  expect.objectContaining({
    code: 'UnauthorizedException',
    statusCode: 401,
    details: { reason },
    ...(message && { message }),
  });

function refusedFor(token: string, poolIds?: readonly string[]): unknown {
  try {
    verify(token, poolIds);
    return 'accepted';
  } catch (error) {
    return error;
  }
}

describe('the claims', () => {
  it('of an access token are those of Cognito', () => {
    const claims = readClaims(AccessToken);
    const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown;
    expect(claims).toEqual({
      sub: uuid,
      'cognito:groups': ['moderator', 'operator'],
      iss: ISSUER,
      client_id: CLIENT_ID,
      origin_jti: uuid,
      event_id: uuid,
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      auth_time: NOON / 1_000,
      exp: NOON / 1_000 + 3_600,
      iat: NOON / 1_000,
      jti: uuid,
      username: 'hana',
    });
  });

  it('of an ID token are the attributes the client may read, with groups and roles', () => {
    expect(readClaims(IdToken)).toMatchObject({
      sub: readClaims(AccessToken)['sub'],
      aud: CLIENT_ID,
      token_use: 'id',
      email: 'hana@example.com',
      email_verified: true,
      'custom:plan': 'free',
      'cognito:username': 'hana',
      'cognito:groups': ['moderator', 'operator'],
      'cognito:roles': ['arn:aws:iam::123456789012:role/moderator'],
      'cognito:preferred_role': 'arn:aws:iam::123456789012:role/moderator',
      origin_jti: readClaims(AccessToken)['origin_jti'],
    });
    expect(readClaims(IdToken)).not.toHaveProperty('nickname');
  });

  it('can be checked by any JWT library with the published key', async () => {
    const keys = createLocalJWKSet(local.cognito.jwks(POOL_ID) as unknown as JSONWebKeySet);
    const options = { issuer: ISSUER, audience: CLIENT_ID, algorithms: ['RS256'], currentDate: new Date(NOON) };
    const { payload } = await jwtVerify(IdToken, keys, options);
    expect(payload['cognito:username']).toBe('hana');
    expect(JSON.stringify(local.cognito.jwks(POOL_ID))).not.toContain('"d"');
    expect(local.cognito.issuer(POOL_ID)).toBe(ISSUER);
  });

  it("are taken by AWS's own library, with the published keys in its cache", async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOON });
    onTestFinished(() => void vi.useRealTimers());
    const of = (tokenUse: 'access' | 'id', clientId = CLIENT_ID) => {
      const verifier = CognitoJwtVerifier.create({ userPoolId: POOL_ID, tokenUse, clientId });
      verifier.cacheJwks(local.cognito.jwks(POOL_ID) as unknown as Jwks);
      return verifier;
    };

    expect((await of('access').verify(AccessToken)).username).toBe('hana');
    expect((await of('id').verify(IdToken))['cognito:username']).toBe('hana');
    await expect(of('access').verify(IdToken)).rejects.toThrow('Token use not allowed: id');
    await expect(of('access', 'another').verify(AccessToken)).rejects.toThrow('Client ID not allowed');
    vi.setSystemTime(NOON + 2 * 60 * 60 * 1_000);
    await expect(of('access').verify(AccessToken)).rejects.toThrow('Token expired');
  });
});

describe('verifyToken', () => {
  it('accepts access and ID tokens, again and again, and hands out claims that cannot be changed', () => {
    expect(verify(AccessToken).token_use).toBe('access');
    expect(verify(IdToken).token_use).toBe('id');
    expect(verify(AccessToken)).toBe(verify(AccessToken));
    expect(() => (verify(AccessToken)['cognito:groups'] as string[]).push('root')).toThrow(TypeError);
  });

  it('refuses an unsigned token', () => {
    const [, claims] = AccessToken.split('.');
    const kid = header(AccessToken)['kid'] ?? '';
    expect(refusedFor(`${part({ alg: 'none', kid })}.${claims}.`)).toEqual(refusal('signature'));
    expect(refusedFor(`${part({ alg: 'none' })}.${claims}.`)).toEqual(refusal('signature'));
  });

  it('refuses a token signed with the public key as an HMAC secret, or with another key', () => {
    const [, claims] = AccessToken.split('.');
    const kid = header(AccessToken)['kid'] ?? '';
    const modulus = (local.cognito.jwks(POOL_ID)['keys'] as JsonObject[])[0]?.['n'];
    const hmacSigned = `${part({ alg: 'HS256', kid })}.${claims}`;
    const hmac = createHmac('sha256', String(modulus)).update(hmacSigned).digest('base64url');
    expect(refusedFor(`${hmacSigned}.${hmac}`)).toEqual(refusal('signature'));
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const rsaSigned = `${part({ alg: 'RS256', kid })}.${claims}`;
    const signature = sign('RSA-SHA256', Buffer.from(rsaSigned), privateKey).toString('base64url');
    expect(refusedFor(`${rsaSigned}.${signature}`)).toEqual(refusal('signature'));
  });

  it('refuses a token whose claims, header or signature were edited', () => {
    const [head, , signature] = AccessToken.split('.');
    const claims = part({ ...readClaims(AccessToken), 'cognito:groups': ['root'] });
    expect(refusedFor(`${head}.${claims}.${signature}`)).toEqual(refusal('signature'));
    const flipped = (signature?.startsWith('A') ? 'B' : 'A') + signature?.slice(1);
    expect(refusedFor(AccessToken.replace(String(signature), flipped))).toEqual(refusal('signature'));
    const [, original] = AccessToken.split('.');
    expect(refusedFor(`${part({ ...header(AccessToken), x: 1 })}.${original}.${signature}`)).toEqual(
      refusal('signature'),
    );
  });

  it('refuses a token of another pool, and one that names another pool', () => {
    expect(refusedFor(AccessToken, [OTHER_POOL_ID])).toEqual(refusal('issuer'));
    const iss = ISSUER.replace(POOL_ID, OTHER_POOL_ID);
    const [head, , signature] = AccessToken.split('.');
    const moved = `${head}.${part({ ...readClaims(AccessToken), iss })}.${signature}`;
    expect(refusedFor(moved, [POOL_ID, OTHER_POOL_ID])).toEqual(refusal('signature'));
    const foreign = `${head}.${part({ ...readClaims(AccessToken), iss: `https://evil.example/${POOL_ID}` })}.${signature}`;
    expect(refusedFor(foreign)).toEqual(refusal('issuer'));
  });

  it.each(['', 'x', 'a.b', 'a.b.c.d', '..', 'e30.e30.', 'bnVsbA.bnVsbA.x', 'W10.W10.x', 'x'.repeat(20_000), 'é.é.é'])(
    'refuses what is no token: %#',
    (token) => {
      const error = refusedFor(token) as { details: { reason: string } };
      expect(['malformed', 'issuer']).toContain(error.details.reason);
    },
  );

  it('refuses a second spelling of a good token', () => {
    expect(refusedFor(`${AccessToken}=`)).toEqual(refusal('malformed', 'Unable to parse JWT token.'));
    expect(refusedFor(` ${AccessToken}`)).toEqual(refusal('malformed'));
  });

  it('refuses a token that expired, though it was good a moment ago, or that comes from the future', () => {
    local.clock.advance(3_599_999);
    expect(verify(AccessToken).sub).toBe(readClaims(AccessToken)['sub']);
    local.clock.advance(1);
    expect(refusedFor(AccessToken)).toEqual(refusal('expired', 'Token has expired.'));
    local.clock.set(NOON - 61_000);
    expect(refusedFor(AccessToken)).toEqual(refusal('notYetValid'));
    local.clock.set(NOON);
  });

  it('goes on accepting the token of a user who signed out, as AppSync does', async () => {
    const tokens = await local.tokens('hana');
    await local.call('GlobalSignOut', { AccessToken: tokens.AccessToken });
    await expect(local.call('GetUser', { AccessToken: tokens.AccessToken })).rejects.toMatchObject({
      message: 'Access Token has been revoked',
    });
    expect(verify(tokens.AccessToken).token_use).toBe('access');
  });
});

describe('operations that take an access token', () => {
  it('refuse an ID token, an edited one and an expired one', async () => {
    const tokens = await local.tokens('hana');
    const invalid = { code: 'NotAuthorizedException', message: 'Invalid Access Token' };
    await expect(local.call('GetUser', { AccessToken: tokens.IdToken })).rejects.toMatchObject(invalid);
    const [, claims] = tokens.AccessToken.split('.');
    const unsigned = `${part({ alg: 'none' })}.${claims}.`;
    await expect(local.call('GetUser', { AccessToken: unsigned })).rejects.toMatchObject(invalid);
    local.clock.advance(3_600_000);
    await expect(local.call('GetUser', { AccessToken: tokens.AccessToken })).rejects.toMatchObject({
      message: 'Access Token has expired',
    });
    local.clock.set(NOON);
  });
});

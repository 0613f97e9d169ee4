import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { PRIME, srpClient } from './srpClient.ts';
import { CLIENT_ID, PASSWORD, POOL_ID, startCognito, type TestCognito } from './support.ts';

let local: TestCognito;

beforeEach(async () => {
  local = await startCognito();
  await local.addUser('hana');
});
afterEach(() => local.close());

const start = (username: string, srpA: string, clientId = CLIENT_ID) =>
  local.call('InitiateAuth', {
    ClientId: clientId,
    AuthFlow: 'USER_SRP_AUTH',
    AuthParameters: { USERNAME: username, SRP_A: srpA },
  });

const respond = (answer: Record<string, string>, clientId = CLIENT_ID) =>
  local.call('RespondToAuthChallenge', {
    ClientId: clientId,
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeResponses: answer,
  });

async function challenge(username: string) {
  const client = srpClient('Ab3dEf9hI');
  const parameters = (await start(username, client.srpA))['ChallengeParameters'] as JsonObject;
  return { client, parameters };
}

const refused = { code: 'NotAuthorizedException', message: 'Incorrect username or password.' };

describe('USER_SRP_AUTH', () => {
  it('gives tokens for the right proof', async () => {
    const { client, parameters } = await challenge('hana');
    const answer = await respond(client.answer(parameters, PASSWORD));
    expect(answer['AuthenticationResult']).toMatchObject({ TokenType: 'Bearer', ExpiresIn: 3600 });
  });

  it.each([
    ['0', '0'],
    ['N', PRIME.toString(16)],
    ['2N', (2n * PRIME).toString(16)],
    ['no number', 'xyz'],
    ['longer than any client sends', 'f'.repeat(1_025)],
  ])('refuses A = %s, with which no password would be needed', async (_name, srpA) => {
    await expect(start('hana', srpA)).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: 'Invalid SRP_A',
    });
  });

  it('refuses an answer that was given before', async () => {
    const { client, parameters } = await challenge('hana');
    const answer = client.answer(parameters, PASSWORD);
    await respond(answer);
    await expect(respond(answer)).rejects.toMatchObject(refused);
  });

  it('allows one answer to a challenge, even if the first was wrong', async () => {
    const { client, parameters } = await challenge('hana');
    await expect(respond(client.answer(parameters, 'Wrong!20260'))).rejects.toMatchObject(refused);
    await expect(respond(client.answer(parameters, PASSWORD))).rejects.toMatchObject(refused);
  });

  it('keeps a challenge for three minutes', async () => {
    const { client, parameters } = await challenge('hana');
    local.clock.advance(179_999);
    await respond(client.answer(parameters, PASSWORD));
    const late = await challenge('hana');
    local.clock.advance(180_000);
    await expect(respond(late.client.answer(late.parameters, PASSWORD))).rejects.toMatchObject(refused);
  });

  it('ties a challenge to its user and its client', async () => {
    await local.addUser('ren', 'Another!2026');
    local.cognito.provisionClient({ clientId: 'other', poolId: POOL_ID, name: 'other', explicitAuthFlows: [] });
    const { client, parameters } = await challenge('hana');
    const answer = client.answer(parameters, PASSWORD);
    await expect(respond({ ...answer, USERNAME: 'ren' })).rejects.toMatchObject(refused);
    await expect(respond(answer, 'other')).rejects.toMatchObject(refused);
  });

  it('refuses a password that was changed while the exchange went on', async () => {
    const { client, parameters } = await challenge('hana');
    await local.call('AdminSetUserPassword', {
      UserPoolId: POOL_ID,
      Username: 'hana',
      Password: 'Another!2026',
      Permanent: true,
    });
    await expect(respond(client.answer(parameters, PASSWORD))).rejects.toMatchObject(refused);
  });

  it('refuses an invented secret block, another timestamp than the signed one, and a malformed one', async () => {
    const { client, parameters } = await challenge('hana');
    const answer = client.answer(parameters, PASSWORD);
    const block = Buffer.alloc(64).toString('base64');
    await expect(respond({ ...answer, PASSWORD_CLAIM_SECRET_BLOCK: block })).rejects.toMatchObject(refused);
    await expect(respond({ ...answer, TIMESTAMP: '2026-11-22T01:52:09Z' })).rejects.toMatchObject({
      message: 'TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.',
    });
    await expect(respond({ ...answer, TIMESTAMP: 'Sun Nov 22 01:52:10 UTC 2026' })).rejects.toMatchObject(refused);
  });

  it('challenges an unknown user like a known one, the same way every time', async () => {
    const first = (await challenge('nobody')).parameters;
    const second = (await challenge('nobody')).parameters;
    expect(second['SALT']).toBe(first['SALT']);
    expect(second['SECRET_BLOCK']).not.toBe(first['SECRET_BLOCK']);
    expect(second['SRP_B']).not.toBe(first['SRP_B']);
    expect(first['SALT']).toMatch(/^[0-9a-f]{32}$/);
    expect(first['USER_ID_FOR_SRP']).toBe('nobody');
    expect((await challenge('nobody2')).parameters['SALT']).not.toBe(first['SALT']);
    const { client, parameters } = await challenge('nobody');
    await expect(respond(client.answer(parameters, PASSWORD))).rejects.toMatchObject(refused);
  });

  it('says that a user does not exist when the client wants it said', async () => {
    local.cognito.provisionClient({ clientId: 'legacy', poolId: POOL_ID, name: 'legacy', explicitAuthFlows: [] });
    await expect(start('nobody', '2', 'legacy')).rejects.toMatchObject({
      code: 'UserNotFoundException',
      message: 'User does not exist.',
    });
  });

  it('invents a UUID for an unknown address of a pool of addresses', async () => {
    local.cognito.provisionPool({ ...emailPool(), poolId: 'us-east-1_Addresses' });
    local.cognito.provisionClient({
      clientId: 'mail',
      poolId: 'us-east-1_Addresses',
      name: 'mail',
      explicitAuthFlows: [],
      preventUserExistenceErrors: 'ENABLED',
    });
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    const first = (await start('nobody@example.com', '2', 'mail'))['ChallengeParameters'] as JsonObject;
    const second = (await start('nobody@example.com', '2', 'mail'))['ChallengeParameters'] as JsonObject;
    expect(first['USERNAME']).toMatch(uuid);
    expect(second['USERNAME']).toBe(first['USERNAME']);
  });

  it.each(['hana', 'nobody'])('locks %s out after five wrong answers', async (username) => {
    for (let round = 0; round < 5; round++) {
      const { client, parameters } = await challenge(username);
      await expect(respond(client.answer(parameters, 'Wrong!20260'))).rejects.toMatchObject(refused);
    }
    const { client, parameters } = await challenge(username);
    await expect(respond(client.answer(parameters, PASSWORD))).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'Password attempts exceeded',
    });
  });
});

const emailPool = () => ({
  name: 'addresses',
  arn: 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Addresses',
  address: 'aws_cognito_user_pool.addresses',
  passwordPolicy: {
    minimumLength: 8,
    requireUppercase: false,
    requireLowercase: false,
    requireNumbers: false,
    requireSymbols: false,
    temporaryPasswordValidityDays: 7,
  },
  autoVerifiedAttributes: ['email'] as const,
  usernameAttributes: ['email'] as const,
  mfa: 'OFF' as const,
  mfaFactors: [],
  lambdaTriggers: {},
});

import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { type LocalSystem, startLocal } from '@hiroba/local';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installedLayers } from '../../infra/testing/installedLayers.ts';
import { storedItem } from '../support/aws.ts';
import { rawRequest } from '../support/http.ts';
import { newMember } from '../support/member.ts';
import { post, userId } from '../support/social.ts';
import { target } from '../support/target.ts';

const QUERY = JSON.stringify({ query: '{ __typename }' });

async function send(endpoint: string, headers: Record<string, string>, body = QUERY) {
  const answer = await rawRequest(endpoint, { method: 'POST', headers, body });
  const { status } = answer;
  return { status, errorType: answer.headers['x-amzn-errortype'], body: JSON.parse(answer.body) as unknown };
}
const unauthorized = (message: string) => ({
  status: 401,
  errorType: 'UnauthorizedException',
  body: { errors: [{ errorType: 'UnauthorizedException', message }] },
});
const welcome = { status: 200, errorType: undefined, body: { data: { __typename: 'Query' } } };

/** The same token with other claims, its signature unchanged. */
function withClaims(token: string, claims: object): string {
  const [header, payload = '', signature] = token.split('.');
  const stated = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  return [header, Buffer.from(JSON.stringify({ ...stated, ...claims })).toString('base64url'), signature].join('.');
}

describe('a request', () => {
  it('without credentials is refused', async () => {
    expect(await send(target.endpoint, {})).toEqual(unauthorized('Missing authorization header'));
  });

  it.each(['garbage', 'a.b.c', 'Bearer ', 'Basic dXNlcjpwYXNz', '..'])(
    'with %j for a token is refused',
    async (token) => {
      expect(await send(target.endpoint, { authorization: token })).toMatchObject(
        unauthorized('Valid authorization header not provided.'),
      );
    },
  );

  it('with another API key is refused', async () => {
    expect(await send(target.endpoint, { 'x-api-key': 'da2-abcdefghijklmnopqrstuvwxyz' })).toEqual(
      unauthorized('You are not authorized to make this call.'),
    );
  });

  it('with a changed or unsigned token is refused, and changes nothing', async () => {
    const [member, victim] = await Promise.all([newMember(), newMember()]);
    const before = await storedItem('users', { userId: victim.sub });
    const mutation = 'mutation { updateProfile(input: { bio: "Hacked" }) { user { bio } } }';
    const [, payload = ''] = withClaims(member.authorization, { sub: victim.sub }).split('.');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;

    for (const authorization of [withClaims(member.authorization, { sub: victim.sub }), unsigned]) {
      const answer = await send(target.endpoint, { authorization }, JSON.stringify({ query: mutation }));

      expect(answer).toEqual(unauthorized("The token's signature does not match a key of its user pool."));
    }
    expect(await storedItem('users', { userId: victim.sub })).toEqual(before);
  });

  it('with a token is served, with and without the word Bearer', async () => {
    const { authorization } = await newMember();

    expect(await send(target.endpoint, { authorization })).toEqual(welcome);
    expect(await send(target.endpoint, { authorization: `Bearer ${authorization}` })).toEqual(welcome);
  });

  it("cannot do to another member's things what the owner can", async () => {
    const [owner, other] = await Promise.all([newMember(), newMember()]);
    const { id, key } = await post(owner);

    const { data } = await other.send('mutation ($id: ID!) { deletePost(id: $id) { id userErrors { code } } }', { id });

    expect(data).toEqual({ deletePost: { id: null, userErrors: [{ code: 'NOT_OWNER' }] } });
    expect(await storedItem('posts', { postId: key, item: 'POST' })).toMatchObject({ authorId: owner.sub });
    expect((await owner.send('query ($id: ID!) { node(id: $id) { id } }', { id: userId(owner) })).errors).toEqual([]);
  });
});

describe('as time goes by', () => {
  // A system of its own: its clock is moved, which the other files share.
  let system: LocalSystem;
  let token: string;
  let endpoint: string;

  beforeAll(async () => {
    system = await startLocal({
      from: target.terraform,
      port: 0,
      awsPort: 0,
      dataDirectory: null,
      layers: installedLayers,
    });
    endpoint = system.endpoints.graphql;
    const { userPoolId, userPoolClientId } = system.configuration ?? {};
    const cognito = new CognitoIdentityProviderClient({
      region: target.region,
      endpoint: system.endpoints.aws,
      credentials: system.credentials,
    });
    const user = { UserPoolId: userPoolId ?? '', Username: 'traveller@example.com' };
    const password = 'Correct-horse-9';
    await cognito.send(new AdminCreateUserCommand({ ...user, MessageAction: 'SUPPRESS' }));
    await cognito.send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true }));
    const { AuthenticationResult } = await cognito.send(
      new InitiateAuthCommand({
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: userPoolClientId ?? '',
        AuthParameters: { USERNAME: user.Username, PASSWORD: password },
      }),
    );
    token = AuthenticationResult?.AccessToken ?? '';
  });
  afterAll(() => system.close());

  it('a token of another user pool is foreign from the start', async () => {
    expect(await send(endpoint, { authorization: token })).toEqual(welcome);
    expect(await send(target.endpoint, { authorization: token })).toEqual(
      unauthorized('You are not authorized to make this call.'),
    );
  });

  it('a token expires after an hour', async () => {
    const issued = system.clock.now();
    system.clock.set(issued + 59 * 60_000);
    expect(await send(endpoint, { authorization: token })).toEqual(welcome);

    system.clock.set(issued + 61 * 60_000);

    expect(await send(endpoint, { authorization: token })).toEqual(unauthorized('Token has expired.'));
  });

  it('the API key expires within a year', async () => {
    const apiKey = system.configuration?.apiKey ?? '';
    expect(await send(endpoint, { 'x-api-key': apiKey })).toEqual(welcome);

    system.clock.advance(366 * 24 * 60 * 60_000);

    expect(await send(endpoint, { 'x-api-key': apiKey })).toEqual(
      unauthorized('You are not authorized to make this call.'),
    );
  });
});

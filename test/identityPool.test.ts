import { Amplify, type ResourcesConfig } from 'aws-amplify';
import { generateClient, type GraphQLResult } from 'aws-amplify/api';
import { fetchAuthSession, signIn, signOut } from 'aws-amplify/auth';
import { AdminSetUserPasswordCommand } from '@aws-sdk/client-cognito-identity-provider';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cognito } from './support/aws.ts';
import { graphql } from './support/graphql.ts';
import { askIdentityPool, guestKeys, loginsOf, memberKeys } from './support/identityPool.ts';
import { emailOf, type Member, newMember } from './support/member.ts';
import { follow, globalId, post, type Written } from './support/social.ts';
import { target } from './support/target.ts';

// The client as applications use it: nothing of it is replaced, and the configuration is what GET /config.json serves.
Amplify.configure(JSON.parse(target.amplify) as ResourcesConfig);
const client = generateClient();

type Answer = Pick<GraphQLResult<Record<string, unknown>>, 'data'> & {
  readonly errors?: readonly { readonly errorType?: string; readonly message: string; readonly path?: unknown }[];
};

/** Amplify throws what has errors. */
async function ask(query: string): Promise<Answer> {
  try {
    return (await client.graphql({ query, authMode: 'identityPool' })) as Answer;
  } catch (error) {
    return error as Answer;
  }
}

const PUBLISH = `mutation {
  publishComment(input: {
    id: "c", body: "Hello", createdAt: "2026-11-26T00:00:00.000Z", authorId: "${globalId('User', 'a')}", postId: "${globalId('Post', 'p')}"
  }) { id }
}`;
const refusedField = (type: string, field: string) => ({
  path: [field],
  errorType: 'Unauthorized',
  message: `Not Authorized to access ${field} on type ${type}`,
});

let author: Member;
let open: Written;
let forFollowers: Written;

beforeAll(async () => {
  author = await newMember();
  [open, forFollowers] = await Promise.all([
    post(author, { body: 'For everybody' }),
    post(author, { body: 'For followers', visibility: 'FOLLOWERS' }),
  ]);
});
afterAll(() => signOut());

const readPost = ({ id }: Written) => ask(`{ post(id: "${id}") { body viewerHasLiked author { handle } } }`);
const openPost = () => ({ body: 'For everybody', viewerHasLiked: null, author: { handle: author.handle } });

describe('a guest with the Amplify client', () => {
  it('reads what everybody may', async () => {
    const { data } = await ask('{ trending { pageInfo { hasNextPage } } serviceStatus { rung } }');
    expect(data).toMatchObject({
      trending: { pageInfo: { hasNextPage: expect.any(Boolean) as boolean } },
      serviceStatus: { rung: 'users' },
    });
    expect((await readPost(open)).data).toEqual({ post: openPost() });
  });

  it('sees no post for followers: it is no worker, though it comes by IAM', async () => {
    expect((await readPost(forFollowers)).data).toEqual({ post: null });
  });

  it.each([
    ['Query', 'viewer', '{ viewer { user { id } } }'],
    ['Query', 'node', `{ node(id: "${globalId('User', randomUUID())}") { id } }`],
    ['Mutation', 'publishComment', PUBLISH],
  ])('may not %s.%s', async (type, field, query) => {
    const { errors } = await ask(query);
    expect(errors).toMatchObject([refusedField(type, field)]);
  });

  it('has keys of its own and the id of an identity', async () => {
    const { credentials, identityId, tokens } = await fetchAuthSession();
    expect(credentials?.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(identityId).toMatch(/^us-east-1:[0-9a-f-]{36}$/);
    expect(tokens).toBeUndefined();
  });
});

describe('a member with the Amplify client, by keys of the identity pool', () => {
  let member: Member;

  beforeAll(async () => {
    member = await newMember();
    await follow(member, author);
    const Password = `Aa1!${randomUUID()}`;
    const { userPoolId: UserPoolId } = target;
    await cognito.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username: member.sub, Password, Permanent: true }),
    );
    await signIn({ username: await emailOf(member), password: Password });
  });

  it('has an identity of its own, the same as with any other token', async () => {
    const { identityId, credentials } = await fetchAuthSession();
    const { body } = await askIdentityPool('GetId', {
      IdentityPoolId: target.identityPoolId,
      Logins: loginsOf(member.idToken),
    });
    expect(body).toEqual({ IdentityId: identityId });
    expect(credentials?.sessionToken).not.toBe('');
  });

  it('reads what everybody may, and is nobody in particular there', async () => {
    expect((await readPost(open)).data).toEqual({ post: openPost() });
    expect((await readPost(forFollowers)).data).toEqual({ post: null });
  });

  it.each([
    ['Query', 'viewer', '{ viewer { user { id } } }'],
    ['Mutation', 'publishComment', PUBLISH],
  ])('may not %s.%s', async (type, field, query) => {
    expect((await ask(query)).errors).toMatchObject([refusedField(type, field)]);
  });

  it('reads what is its own with its token, beside', async () => {
    const answer = (await client.graphql({ query: '{ viewer { user { handle } } }', authMode: 'userPool' })) as Answer;
    expect(answer.data).toEqual({ viewer: { user: { handle: member.handle } } });
  });
});

describe('keys of an identity pool', () => {
  const ASK = '{ serviceStatus { rung } }';

  it('need the very session token that came with them', async () => {
    const keys = await guestKeys();
    const { sessionToken = '' } = keys;
    // One letter in the middle, and a pair of keys with the token of another guest.
    const middle = sessionToken.length / 2;
    const letter = sessionToken[middle] === 'A' ? 'B' : 'A';
    const edited = `${sessionToken.slice(0, middle)}${letter}${sessionToken.slice(middle + 1)}`;
    const tokens = [edited, (await guestKeys()).sessionToken ?? '', ''];

    expect((await graphql({ accessKey: keys }, ASK)).data).toEqual({ serviceStatus: { rung: 'users' } });
    for (const token of tokens) {
      const accessKey = { ...keys, ...(token === '' ? { sessionToken: undefined } : { sessionToken: token }) };
      const { status, errors } = await graphql({ accessKey }, ASK);
      expect([status, errors[0]?.errorType]).toEqual([403, 'UnrecognizedClientException']);
    }
  });

  it('sign with the secret that came with them', async () => {
    const keys = await guestKeys();
    const accessKey = { ...keys, secretAccessKey: `x${keys.secretAccessKey.slice(1)}` };
    const { status, errors } = await graphql({ accessKey }, ASK);
    expect([status, errors[0]?.errorType]).toEqual([403, 'InvalidSignatureException']);
  });

  it('of a member do not read what follows of the member may', async () => {
    const follower = await newMember();
    await follow(follower, author);
    const query = `{ post(id: "${forFollowers.id}") { id } }`;
    expect((await graphql({ authorization: follower.authorization }, query)).data).toEqual({
      post: { id: forFollowers.id },
    });
    expect((await graphql({ accessKey: await memberKeys(follower) }, query)).data).toEqual({ post: null });
  });
});

describe('the identity pool refuses', () => {
  const refusal = (code: string, message: string) => ({ status: 400, body: { __type: code, message } });
  const notAuthorized = (message: string) => refusal('NotAuthorizedException', message);
  const { identityPoolId: IdentityPoolId } = target;

  it('the classic flow', async () => {
    const { body } = await askIdentityPool('GetId', { IdentityPoolId });
    expect(await askIdentityPool('GetOpenIdToken', { IdentityId: body['IdentityId'] })).toEqual(
      refusal('InvalidParameterException', 'Basic (classic) flow is not enabled, please use enhanced flow.'),
    );
  });

  it('an access token, and what is no token', async () => {
    const Logins = (token: string) => ({ IdentityPoolId, Logins: loginsOf(token) });
    const access = (await newMember()).authorization;
    expect(await askIdentityPool('GetId', Logins(access))).toEqual(
      notAuthorized('Invalid login token. Missing a required claim: aud'),
    );
    expect(await askIdentityPool('GetId', Logins('nonsense'))).toEqual(
      notAuthorized('Invalid login token. Not a valid OpenId Connect identity token.'),
    );
  });

  it('the identity of somebody else', async () => {
    const [one, other] = await Promise.all([newMember(), newMember()]);
    const { body } = await askIdentityPool('GetId', { IdentityPoolId, Logins: loginsOf(one.idToken) });
    const { IdentityId } = body;
    expect(await askIdentityPool('GetCredentialsForIdentity', { IdentityId, Logins: loginsOf(other.idToken) })).toEqual(
      notAuthorized("Logins don't match. Please include at least one valid login for this identity or identity pool."),
    );
    expect(await askIdentityPool('GetCredentialsForIdentity', { IdentityId })).toEqual(
      notAuthorized(`Access to Identity '${String(IdentityId)}' is forbidden.`),
    );
  });

  it('an identity and a pool that are not there', async () => {
    const id = 'us-east-1:00000000-0000-4000-8000-000000000000';
    expect(await askIdentityPool('GetCredentialsForIdentity', { IdentityId: id })).toEqual(
      refusal('ResourceNotFoundException', `Identity '${id}' not found.`),
    );
    expect(await askIdentityPool('GetId', { IdentityPoolId: id })).toEqual(
      refusal('ResourceNotFoundException', `IdentityPool '${id}' not found.`),
    );
  });
});

import { describe, expect, test } from 'vitest';
import { AwsError } from '../../src/aws/error.ts';
import type { AuthenticationProvider } from '../../src/services/appsync/model.ts';
import { api, API_KEY, NOW, POOL_ID, recordingAuthorizer, returns, start, token } from './support.ts';

const POOL: AuthenticationProvider = { type: 'AMAZON_COGNITO_USER_POOLS', userPoolId: POOL_ID, defaultAction: 'ALLOW' };
const KEY: AuthenticationProvider = { type: 'API_KEY' };
const IAM: AuthenticationProvider = { type: 'AWS_IAM' };
const SIGNED = { authorization: 'AWS4-HMAC-SHA256 Credential=x', host: 'localhost' };
const asKey = { 'x-api-key': API_KEY };
const asUser = (claims: Readonly<Record<string, unknown>> = {}) => ({ authorization: token({ sub: 'u1', ...claims }) });

describe('a request without usable credentials is refused with 401', () => {
  const options = { schema: 'type Query { a: String }', defaultAuthentication: POOL, additionalAuthentication: [KEY] };
  const { post, clock } = start(options);
  const answer = (message: string) => `{"errors":[{"errorType":"UnauthorizedException","message":"${message}"}]}`;
  const DEFAULT = 'You are not authorized to make this call.';

  test.each([
    ['no credentials', {}, 'Missing authorization header'],
    ['an unknown key', { 'x-api-key': 'da2-other' }, DEFAULT],
    ['a text that is no token', { authorization: 'let me in' }, 'Valid authorization header not provided.'],
    ['a token of another pool', { authorization: token({ iss: 'https://example.com/us-east-1_Other' }) }, DEFAULT],
    ['a token the pool refuses', { authorization: token({}, 'forged') }, 'Unable to parse JWT token.'],
    ['a mode that is not configured', SIGNED, DEFAULT],
  ])('%s', async (_title, headers, message) => {
    const { status, headers: sent, body } = await post('{"query":"{ a }"}', headers);
    expect(status).toBe(401);
    expect(sent['x-amzn-errortype']).toBe('UnauthorizedException');
    expect(body).toBe(answer(message));
  });

  test('a key that has expired', async () => {
    expect((await post('{"query":"{ __typename }"}', asKey)).status).toBe(200);
    clock.set(NOW + 1000);
    expect((await post('{"query":"{ __typename }"}', asKey)).status).toBe(401);
  });

  test('credentials are judged before the body', async () => {
    expect((await post('meow', {})).status).toBe(401);
  });
});

describe('the credentials choose the mode', () => {
  const { query } = start({
    schema: `type Query {
      who: AWSJSON @aws_api_key @aws_iam @aws_cognito_user_pools
    }`,
    defaultAuthentication: KEY,
    additionalAuthentication: [POOL, IAM],
    resolvers: { 'Query.who': returns('{ identity: ctx.identity, mode: util.authType() }') },
  });
  const who = async (headers: Readonly<Record<string, string>>) => {
    const { data } = (await query('{ who }', {}, headers)) as { data: { who: string } };
    return JSON.parse(data.who) as { identity: unknown; mode: string };
  };

  test('a signature counts even beside an API key, and fills the identity of IAM', async () => {
    const { identity } = await who({ ...SIGNED, ...asKey });
    expect(identity).toEqual({
      accountId: '123456789012',
      cognitoIdentityAuthProvider: null,
      cognitoIdentityAuthType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      sourceIp: ['127.0.0.1'],
      userArn: 'arn:aws:iam::123456789012:role/worker',
      username: 'worker',
    });
  });

  test('an API key counts beside a token, and has no identity', async () => {
    expect((await who({ ...asUser(), ...asKey })).identity).toBeNull();
  });

  test('a token with or without Bearer is a user of the pool', async () => {
    const claims = { 'cognito:username': 'alice', 'cognito:groups': ['admins'], token_use: 'id' };
    const expected = {
      sub: 'u1',
      issuer: `https://cognito-idp.us-east-1.amazonaws.com/${POOL_ID}`,
      username: 'alice',
      claims: { iss: `https://cognito-idp.us-east-1.amazonaws.com/${POOL_ID}`, sub: 'u1', ...claims },
      sourceIp: ['10.0.0.9', '127.0.0.1'],
      defaultAuthStrategy: 'ALLOW',
      groups: ['admins'],
    };
    const headers = { ...asUser(claims), 'x-forwarded-for': '10.0.0.9' };
    expect((await who(headers)).identity).toEqual(expected);
    expect((await who({ ...headers, authorization: `Bearer ${headers.authorization}` })).identity).toEqual(expected);
  });

  test('an access token names its user in another claim', async () => {
    expect((await who(asUser({ username: 'bob' }))).identity).toMatchObject({ username: 'bob', groups: null });
  });
});

test('a client id that does not match the pool configuration is refused', async () => {
  const { post } = start({
    schema: 'type Query { a: String }',
    defaultAuthentication: {
      ...POOL,
      type: 'AMAZON_COGNITO_USER_POOLS',
      userPoolId: POOL_ID,
      defaultAction: 'ALLOW',
      appIdClientRegex: 'web',
    },
  });
  const body = '{"query":"{ a }"}';
  expect((await post(body, asUser({ aud: 'web' }))).status).toBe(200);
  expect((await post(body, asUser({ client_id: 'web' }))).status).toBe(200);
  expect((await post(body, asUser({ client_id: 'website' }))).status).toBe(401);
});

const SCHEMA = /* GraphQL */ `
  type Query {
    private: Note
    public: Note @aws_api_key
    both: Note @aws_api_key @aws_cognito_user_pools
    admins: String @aws_cognito_user_pools(cognito_groups: ["admins", "operators"])
    workers: Note @aws_iam
    open: Open @aws_api_key @aws_cognito_user_pools @aws_iam
  }
  type Note {
    id: ID
    secret: String @aws_api_key
  }
  type Open @aws_api_key @aws_iam {
    id: ID
    userOnly: ID @aws_cognito_user_pools
    worker: ID @aws_iam
  }
`;
const note = returns("{ id: 'n1', secret: 's', userOnly: 'u', worker: 'w' }");
const SPEC = {
  schema: SCHEMA,
  defaultAuthentication: POOL,
  additionalAuthentication: [KEY, IAM],
  resolvers: {
    'Query.private': note,
    'Query.public': note,
    'Query.both': note,
    'Query.admins': returns("'ok'"),
    'Query.workers': note,
    'Query.open': note,
  },
};

describe('the directives decide who gets a field', () => {
  const { query } = start(SPEC);
  test.each([
    ['an undecorated field serves the default mode', '{ private { id } }', asUser(), { private: { id: 'n1' } }, []],
    ['an undecorated field refuses other modes', '{ private { id } }', asKey, { private: null }, ['private']],
    ['a decorated field refuses the default mode', '{ public { secret } }', asUser(), { public: null }, ['public']],
    [
      'each type on the way needs permission',
      '{ public { id secret } }',
      asKey,
      { public: { id: null, secret: 's' } },
      ['public.id'],
    ],
    ['several directives are alternatives', '{ both { id } }', asUser(), { both: { id: 'n1' } }, []],
    [
      'a field directive replaces the default of its type',
      '{ both { secret } }',
      asUser(),
      { both: { secret: null } },
      ['both.secret'],
    ],
    ['fields inherit the directives of their type', '{ open { id } }', asKey, { open: { id: 'n1' } }, []],
    ['inherited directives replace the default mode', '{ open { id } }', asUser(), { open: { id: null } }, ['open.id']],
    [
      'a field directive replaces those of its type',
      '{ open { id userOnly } }',
      asKey,
      { open: { id: 'n1', userOnly: null } },
      ['open.userOnly'],
    ],
    ['a group that is named', '{ admins }', asUser({ 'cognito:groups': ['x', 'operators'] }), { admins: 'ok' }, []],
    ['a group that is not named', '{ admins }', asUser({ 'cognito:groups': ['x'] }), { admins: null }, ['admins']],
    ['no group', '{ admins }', asUser(), { admins: null }, ['admins']],
    ['IAM', '{ workers { __typename } }', SIGNED, { workers: { __typename: 'Note' } }, []],
    ['IAM where it is not named', '{ both { id } }', SIGNED, { both: null }, ['both']],
  ])('%s', async (_title, document, headers, data, refusedPaths) => {
    const answer = await query(document, {}, headers);
    expect(answer.data).toEqual(data);
    expect((answer.errors ?? []).map(({ path }) => (path as string[]).join('.'))).toEqual(refusedPaths);
  });

  test('a refusal is worded as AppSync words it', async () => {
    const { post } = start(SPEC);
    const { body } = await post(JSON.stringify({ query: '{\n  mine: private { id }\n}' }), asKey);
    expect(body).toBe(
      '{"data":{"mine":null},"errors":[{"path":["mine"],"data":null,"errorType":"Unauthorized","errorInfo":null,' +
        '"locations":[{"line":2,"column":3,"sourceName":null}],"message":"Not Authorized to access private on type Query"}]}',
    );
  });
});

test('the resolver of a refused field does not run', async () => {
  const lines: string[] = [];
  const { query } = start(
    { ...SPEC, resolvers: { 'Query.private': returns("console.log('ran')") } },
    { onLog: (line) => lines.push(line) },
  );
  await query('{ private { id } }', {}, asKey);
  expect(lines).toEqual([]);
});

test('a pool with the default action DENY serves only decorated fields', async () => {
  const { query } = start({
    ...SPEC,
    defaultAuthentication: { type: 'AMAZON_COGNITO_USER_POOLS', userPoolId: POOL_ID, defaultAction: 'DENY' },
  });
  expect(await query('{ private { id } both { __typename } }', {}, asUser())).toMatchObject({
    data: { private: null, both: { __typename: 'Note' } },
  });
});

test('@aws_auth names groups where a pool is the only mode, and does not deploy elsewhere', async () => {
  const schema = 'type Query { a: String @aws_auth(cognito_groups: ["admins"]) }';
  const only = start({ schema, defaultAuthentication: POOL, resolvers: { 'Query.a': returns("'a'") } });
  expect(await only.query('{ a }', {}, asUser({ 'cognito:groups': ['admins'] }))).toEqual({ data: { a: 'a' } });
  expect(await only.query('{ a }', {}, asUser())).toMatchObject({ data: { a: null } });
  expect(() => start({ schema, defaultAuthentication: POOL, additionalAuthentication: [KEY] })).toThrow(
    'schema of notes: @aws_auth does not work with additional authorization modes',
  );
});

describe('IAM callers are judged by their policies', () => {
  test('for root fields and for fields with directives of their own', async () => {
    const authorizer = recordingAuthorizer();
    const { query } = start(SPEC, { authorizer });
    expect(await query('{ open { id worker } }', {}, SIGNED)).toEqual({ data: { open: { id: 'n1', worker: 'w' } } });
    const { arn } = api(SPEC);
    expect(authorizer.asked).toEqual([
      { action: 'appsync:GraphQL', resource: `${arn}/types/Query/fields/open` },
      { action: 'appsync:GraphQL', resource: `${arn}/types/Open/fields/worker` },
    ]);
  });

  test('a denied field is Unauthorized, also when the decision takes time', async () => {
    const authorizer = {
      authorize: async () => Promise.reject(new AwsError('AccessDeniedException', 'no')),
    };
    const { query } = start(SPEC, { authorizer });
    expect(await query('{ workers { __typename } }', {}, SIGNED)).toMatchObject({
      data: { workers: null },
      errors: [{ errorType: 'Unauthorized', message: 'Not Authorized to access workers on type Query' }],
    });
  });
});

test('the signature covers method, path, query string and the exact body', async () => {
  const seen: unknown[] = [];
  const { handle } = start(SPEC, {
    verifySignature: ({ method, path, query, body }) => {
      seen.push({ method, path, query, body: body.toString() });
      throw new AwsError('UnrecognizedClientException', 'The security token is invalid.', { statusCode: 401 });
    },
  });
  const answer = await handle({
    method: 'POST',
    url: '/graphql?a=1',
    headers: SIGNED,
    body: Buffer.from('{ "query": "{ a }" }'),
    remoteAddress: '127.0.0.1',
  });
  expect(seen).toEqual([{ method: 'POST', path: '/graphql', query: 'a=1', body: '{ "query": "{ a }" }' }]);
  expect(answer.status).toBe(401);
  expect(answer.headers['x-amzn-errortype']).toBe('UnrecognizedClientException');
});

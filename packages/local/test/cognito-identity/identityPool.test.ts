import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, onTestFinished, test } from 'vitest';
import { NOON, startVisitors, trusting, type Visitors, type VisitorsTerraform } from './visitors.ts';

const refusal = (code: string, message: string) => ({ status: 400, body: { __type: code, message } });
const notAuthorized = (message: string) => refusal('NotAuthorizedException', message);
const MISCONFIGURED = refusal(
  'InvalidIdentityPoolConfigurationException',
  'Invalid identity pool configuration. Check assigned IAM roles for this pool.',
);
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const HOUR = 3_600_000;

/** `whoAmI`, whose answer is ctx.identity. */
async function identityOf(local: Visitors, key: Parameters<Visitors['graphql']>[1]): Promise<unknown> {
  const { body } = await local.graphql('{ whoAmI }', key);
  return JSON.parse(String((body['data'] as { whoAmI: string }).whoAmI));
}

/** A user with its identity and its keys. */
async function userOf(local: Visitors, name: string) {
  const logins = await local.logins(await local.idToken(name));
  const { body } = await local.ask('GetId', { IdentityPoolId: local.poolId, Logins: logins });
  const identityId = String(body['IdentityId']);
  return { logins, identityId, keys: await local.keysOf(identityId, logins) };
}

describe('a guest', () => {
  test('gets another id each time, and keys for an hour', async () => {
    const local = await startVisitors();
    const [one, other] = [await local.guestId(), await local.guestId()];
    const { expiration, ...key } = await local.keysOf(one);

    expect(one).toMatch(new RegExp(`^us-east-1:${UUID}$`));
    expect(other).not.toBe(one);
    expect(key.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(expiration).toEqual(new Date(NOON + HOUR));
  });

  test('is told to resolvers as what it is', async () => {
    const local = await startVisitors();
    const id = await local.guestId();

    expect(await identityOf(local, await local.keysOf(id))).toEqual({
      accountId: '123456789012',
      cognitoIdentityAuthProvider: null,
      cognitoIdentityAuthType: 'unauthenticated',
      cognitoIdentityId: id,
      cognitoIdentityPoolId: local.poolId,
      sourceIp: [expect.stringMatching(/127\.0\.0\.1$/)],
      userArn: 'arn:aws:sts::123456789012:assumed-role/guests/CognitoIdentityCredentials',
      username: expect.stringMatching(/^AROA[A-Z2-7]{17}:CognitoIdentityCredentials$/) as string,
    });
  });

  test('does what the policies of the role allow, and nothing else', async () => {
    const local = await startVisitors();
    const key = await local.keysOf(await local.guestId());
    const { body } = await local.graphql('{ whoAmI members secret }', key);
    const client = new DynamoDBClient({ endpoint: local.system.endpoints.aws, region: 'us-east-1', credentials: key });

    expect(body).toMatchObject({
      data: { members: null, secret: null },
      errors: [
        { message: 'Not Authorized to access members on type Query' },
        { message: 'Not Authorized to access secret on type Query' },
      ],
    });
    await expect(client.send(new ListTablesCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        'User: arn:aws:sts::123456789012:assumed-role/guests/CognitoIdentityCredentials is not authorized to perform: dynamodb:ListTables',
      ) as string,
    });
  });

  test('is refused where the pool takes none', async () => {
    const local = await startVisitors(({ resource }) => {
      resource.aws_cognito_identity_pool.visitors.allow_unauthenticated_identities = false;
    });
    expect(await local.ask('GetId', { IdentityPoolId: local.poolId })).toEqual(
      notAuthorized('Unauthenticated access is not supported for this identity pool.'),
    );
  });
});

describe('a user', () => {
  test('has one identity, and is told to resolvers with the pool and the sub that the token names', async () => {
    const local = await startVisitors();
    const { identityId, keys, logins } = await userOf(local, 'hana');
    const again = await local.ask('GetId', { IdentityPoolId: local.poolId, Logins: logins });
    const [[provider = '', token = ''] = []] = Object.entries(logins);
    const { sub } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string };

    expect(again.body).toEqual({ IdentityId: identityId });
    expect(await identityOf(local, keys)).toMatchObject({
      cognitoIdentityAuthProvider: `"${provider}","${provider}:CognitoSignIn:${sub}"`,
      cognitoIdentityAuthType: 'authenticated',
      cognitoIdentityId: identityId,
      cognitoIdentityPoolId: local.poolId,
      userArn: 'arn:aws:sts::123456789012:assumed-role/users/CognitoIdentityCredentials',
    });
    expect((await local.graphql('{ members secret }', keys)).body).toMatchObject({
      data: { secret: null },
      errors: [{ message: 'Not Authorized to access secret on type Query' }],
    });
  });

  test('takes the identity of the guest along who signed in', async () => {
    const local = await startVisitors();
    const guest = await local.guestId();
    const logins = await local.logins(await local.idToken('hana'));
    await local.keysOf(guest, logins);

    expect((await local.ask('GetId', { IdentityPoolId: local.poolId, Logins: logins })).body).toEqual({
      IdentityId: guest,
    });
    expect(await local.ask('GetCredentialsForIdentity', { IdentityId: guest })).toEqual(
      notAuthorized(`Access to Identity '${guest}' is forbidden.`),
    );
  });

  test('who has an identity already is not merged with that of a guest', async () => {
    const local = await startVisitors();
    const { logins } = await userOf(local, 'hana');
    const { status, body } = await local.ask('GetCredentialsForIdentity', {
      IdentityId: await local.guestId(),
      Logins: logins,
    });
    expect([status, body['__type']]).toEqual([501, 'NotEmulated']);
  });

  test('gets no keys for the identity of another', async () => {
    const local = await startVisitors();
    const [hana, ren] = [await userOf(local, 'hana'), await userOf(local, 'ren')];
    const input = { IdentityId: hana.identityId, Logins: ren.logins };
    expect(await local.ask('GetCredentialsForIdentity', input)).toEqual(
      notAuthorized("Logins don't match. Please include at least one valid login for this identity or identity pool."),
    );
  });
});

describe('a token is refused', () => {
  const ask = async (local: Visitors, Logins: Record<string, string>) =>
    local.ask('GetId', { IdentityPoolId: local.poolId, Logins });
  const tokensFrom =
    (client: string) =>
    ({ output }: VisitorsTerraform): void => {
      output.user_pool_client_id.value = `\${aws_cognito_user_pool_client.${client}.id}`;
    };
  const unsupported = notAuthorized('Token is not from a supported provider of this identity pool.');

  test('of a user pool that the identity pool does not know', async () => {
    const local = await startVisitors(tokensFrom('strangers'));
    const token = await local.idToken('hana', 'strangers');
    expect(await ask(local, await local.logins(token, 'strangers'))).toEqual(unsupported);
    expect(await ask(local, await local.logins(token))).toEqual(
      notAuthorized("Invalid login token. Issuer doesn't match providerName"),
    );
  });

  test('of another client of the right user pool', async () => {
    const local = await startVisitors(tokensFrom('other'));
    const token = await local.idToken('hana');
    expect(await ask(local, await local.logins(token))).toEqual(unsupported);
  });

  test('whose claims were changed', async () => {
    const local = await startVisitors();
    const [header = '', payload = '', signature = ''] = (await local.idToken('hana')).split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const changed = Buffer.from(JSON.stringify({ ...claims, sub: 'ren' })).toString('base64url');
    expect(await ask(local, await local.logins(`${header}.${changed}.${signature}`))).toEqual(
      notAuthorized("Invalid login token. Couldn't verify signed token."),
    );
  });

  test('when its hour is over', async () => {
    const local = await startVisitors();
    const logins = await local.logins(await local.idToken('hana'));
    local.clock.advance(HOUR);
    const second = Math.floor(NOON / 1_000) + 3_600;
    expect(await ask(local, logins)).toEqual(
      notAuthorized(`Invalid login token. Token expired: ${second} >= ${second}`),
    );
  });

  test('of a user who is disabled since, where the pool checks', async () => {
    const checking = await startVisitors();
    const trusting = await startVisitors(({ resource }) => {
      const [provider] = resource.aws_cognito_identity_pool.visitors.cognito_identity_providers;
      if (provider) provider.server_side_token_check = false;
    });
    for (const [local, status] of [
      [checking, 400],
      [trusting, 200],
    ] as const) {
      const logins = await local.logins(await local.idToken('hana'));
      await local.disable('hana');
      expect((await ask(local, logins)).status).toBe(status);
    }
  });
});

describe('keys', () => {
  test('end after an hour of the local clock', async () => {
    const local = await startVisitors();
    const key = await local.keysOf(await local.guestId());
    local.clock.advance(HOUR - 1);
    const before = await local.graphql('{ whoAmI }', key);
    local.clock.advance(1);
    const after = await local.graphql('{ whoAmI }', key);

    expect(before.status).toBe(200);
    expect(after).toMatchObject({
      status: 403,
      body: {
        errors: [
          {
            errorType: 'ExpiredTokenException',
            message: 'The security token included in the request is expired',
          },
        ],
      },
    });
  });

  test('are good for nothing with a token that was edited, cut, or is that of other keys', async () => {
    const local = await startVisitors();
    const [key, other] = [await local.keysOf(await local.guestId()), await local.keysOf(await local.guestId())];
    const { sessionToken } = key;
    const flipped = sessionToken.startsWith('A') ? `B${sessionToken.slice(1)}` : `A${sessionToken.slice(1)}`;
    for (const token of [flipped, sessionToken.slice(0, 20), `${sessionToken}!`, other.sessionToken]) {
      const { status, body } = await local.graphql('{ whoAmI }', { ...key, sessionToken: token });
      expect([status, body]).toMatchObject([403, { errors: [{ errorType: 'UnrecognizedClientException' }] }]);
    }
  });

  test('and identities outlive a restart, with the data folder, and no other system takes them', async () => {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'visitors-data-'));
    onTestFinished(() => rm(dataDirectory, { recursive: true }));
    const first = await startVisitors(undefined, { dataDirectory });
    const { identityId, keys, logins } = await userOf(first, 'hana');
    await first.stop();
    const second = await startVisitors(undefined, { dataDirectory });
    const elsewhere = await startVisitors();

    expect((await second.ask('GetId', { IdentityPoolId: second.poolId, Logins: logins })).body).toEqual({
      IdentityId: identityId,
    });
    expect(await identityOf(second, keys)).toMatchObject({ cognitoIdentityId: identityId });
    expect((await elsewhere.graphql('{ whoAmI }', keys)).status).toBe(403);
    await second.stop();
  });
});

describe('a role is not taken on', () => {
  const POOL = '${aws_cognito_identity_pool.visitors.id}';
  const AUD = 'cognito-identity.amazonaws.com:aud';
  const AMR = 'cognito-identity.amazonaws.com:amr';

  test.each([
    [
      'that lets in the identities of every pool',
      trusting('', { 'ForAnyValue:StringLike': { [AMR]: 'unauthenticated' } }),
      "aws_iam_role.guests lets the identities of everybody's pools take it on: add a condition on cognito-identity.amazonaws.com:aud",
    ],
    [
      'that is for users',
      trusting('', { StringEquals: { [AUD]: POOL }, 'ForAnyValue:StringLike': { [AMR]: 'authenticated' } }),
      'aws_iam_role.guests does not let unauthenticated identities take it on: its assume_role_policy wants cognito-identity.amazonaws.com:amr',
    ],
    [
      'that is for another pool',
      trusting('', { StringEquals: { [AUD]: 'us-east-1:00000000-0000-4000-8000-000000000000' } }),
      'aws_iam_role.guests does not let unauthenticated identities take it on: its assume_role_policy wants cognito-identity.amazonaws.com:aud',
    ],
    [
      'that is for a service',
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}',
      'allow sts:AssumeRoleWithWebIdentity to Principal {"Federated": "cognito-identity.amazonaws.com"}',
    ],
  ])('%s', async (_what, policy, reason) => {
    const local = await startVisitors(({ resource }) => {
      resource.aws_iam_role.guests.assume_role_policy = policy;
    });
    const IdentityId = await local.guestId();
    expect(await local.ask('GetCredentialsForIdentity', { IdentityId })).toEqual(MISCONFIGURED);
    expect(local.log.filter((line) => line.includes(reason))).toHaveLength(1);
  });

  test('that the pool does not have', async () => {
    const local = await startVisitors(({ resource }) => {
      delete resource.aws_cognito_identity_pool_roles_attachment.visitors.roles['unauthenticated'];
    });
    const IdentityId = await local.guestId();
    expect(await local.ask('GetCredentialsForIdentity', { IdentityId })).toEqual(MISCONFIGURED);
  });
});

describe('the service', () => {
  test('refuses the classic flow, and ids that are none or nobody has', async () => {
    const local = await startVisitors();
    const id = 'us-east-1:00000000-0000-4000-8000-000000000000';
    expect(await local.ask('GetOpenIdToken', { IdentityId: await local.guestId() })).toEqual(
      refusal('InvalidParameterException', 'Basic (classic) flow is not enabled, please use enhanced flow.'),
    );
    expect(await local.ask('GetCredentialsForIdentity', { IdentityId: id })).toEqual(
      refusal('ResourceNotFoundException', `Identity '${id}' not found.`),
    );
    expect(await local.ask('GetId', { IdentityPoolId: id })).toEqual(
      refusal('ResourceNotFoundException', `IdentityPool '${id}' not found.`),
    );
    expect(await local.ask('GetId', { IdentityPoolId: 'nonsense' })).toEqual(
      refusal(
        'ValidationException',
        "1 validation error detected: Value 'nonsense' at 'identityPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+:[0-9a-f-]+",
      ),
    );
  });

  test('says loudly what it does not emulate', async () => {
    const local = await startVisitors();
    const IdentityId = await local.guestId();
    const answers = await Promise.all([
      local.ask('DescribeIdentity', { IdentityId }),
      local.ask('GetCredentialsForIdentity', { IdentityId, CustomRoleArn: 'arn:aws:iam::123456789012:role/users' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([501, 501]);
  });

  test.each([
    ['allow_classic_flow', true],
    ['saml_provider_arns', ['arn:aws:iam::123456789012:saml-provider/x']],
    ['developer_provider_name', 'x'],
  ])('does not start with %s, which would be ignored', async (argument, value) => {
    await expect(
      startVisitors(({ resource }) => {
        Object.assign(resource.aws_cognito_identity_pool.visitors, { [argument]: value });
      }),
    ).rejects.toThrow(`aws_cognito_identity_pool.visitors.${argument} is not emulated by @hiroba/local`);
  });
});

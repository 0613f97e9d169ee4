import {
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminListGroupsForUserCommand,
  AdminRespondToAuthChallengeCommand,
  DescribeUserPoolCommand,
  ListUsersCommand,
  paginateListGroups,
  paginateListUserPools,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLIENT_ID, PASSWORD, POOL_ID, readClaims, startCognito, type TestCognito } from './support.ts';

let local: TestCognito;
const pool = { UserPoolId: POOL_ID };

beforeEach(async () => {
  local = await startCognito();
});
afterEach(() => local.close());

describe('AdminCreateUser', () => {
  it('mails a temporary password that the user has to change', async () => {
    const { User } = await local.sdk.send(
      new AdminCreateUserCommand({
        ...pool,
        Username: 'mei',
        UserAttributes: [{ Name: 'email', Value: 'mei@example.com' }],
        DesiredDeliveryMediums: ['EMAIL'],
      }),
    );
    expect(User).toMatchObject({ Username: 'mei', UserStatus: 'FORCE_CHANGE_PASSWORD', Enabled: true });
    expect(User?.UserCreateDate).toEqual(new Date('2026-11-22T01:52:09Z'));
    const [message] = local.outbox.list({ to: 'mei@example.com' });
    expect(message?.subject).toBe('Your temporary password');
    const temporary = /^Your username is mei and temporary password is (.*)\.$/.exec(message?.body ?? '')?.[1] ?? '';

    const challenge = await local.sdk.send(
      new AdminInitiateAuthCommand({
        ...pool,
        ClientId: CLIENT_ID,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'mei', PASSWORD: temporary },
      }),
    );
    const answer = await local.sdk.send(
      new AdminRespondToAuthChallengeCommand({
        ...pool,
        ClientId: CLIENT_ID,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        Session: challenge.Session,
        ChallengeResponses: { USERNAME: 'mei', NEW_PASSWORD: PASSWORD, 'userAttributes.given_name': 'Mei' },
      }),
    );
    expect(readClaims(answer.AuthenticationResult?.IdToken ?? '')['given_name']).toBe('Mei');
  });

  it('sends no message on request, invites again on request, and refuses a name that is taken', async () => {
    const create = (more: Record<string, string>) =>
      local.call('AdminCreateUser', {
        ...pool,
        Username: 'mei',
        UserAttributes: [{ Name: 'email', Value: 'mei@example.com' }],
        DesiredDeliveryMediums: ['EMAIL'],
        ...more,
      });
    await create({ MessageAction: 'SUPPRESS', TemporaryPassword: 'Temporary!1' });
    expect(local.outbox.list()).toEqual([]);
    await expect(create({})).rejects.toMatchObject({ code: 'UsernameExistsException' });
    await create({ MessageAction: 'RESEND', TemporaryPassword: 'Temporary!2' });
    expect(local.outbox.list()).toHaveLength(1);
    await expect(local.signIn('mei', 'Temporary!1')).rejects.toMatchObject({ code: 'NotAuthorizedException' });
    expect(await local.signIn('mei', 'Temporary!2')).toHaveProperty('Session');
  });
});

describe('groups', () => {
  beforeEach(async () => {
    await local.addUser('hana');
    for (const name of ['operator', 'moderator', 'editor']) {
      local.cognito.provisionGroup({ poolId: POOL_ID, name, description: `The ${name}s` });
    }
  });

  it('have members, listed page by page and named in tokens', async () => {
    for (const GroupName of ['operator', 'moderator', 'editor', 'editor']) {
      await local.call('AdminAddUserToGroup', { ...pool, Username: 'hana', GroupName });
    }
    const list = (NextToken?: string) =>
      local.sdk.send(new AdminListGroupsForUserCommand({ ...pool, Username: 'hana', Limit: 2, NextToken }));
    const first = await list();
    const second = await list(first.NextToken);
    expect(first.Groups?.map(({ GroupName }) => GroupName)).toEqual(['editor', 'moderator']);
    expect(second.Groups).toMatchObject([{ GroupName: 'operator', Description: 'The operators' }]);
    expect(second.NextToken).toBeUndefined();

    await local.call('AdminRemoveUserFromGroup', { ...pool, Username: 'hana', GroupName: 'editor' });
    const { AccessToken } = await local.tokens('hana');
    expect(readClaims(AccessToken)['cognito:groups']).toEqual(['moderator', 'operator']);
  });

  it('are listed, and an unknown one is refused', async () => {
    const names: (string | undefined)[] = [];
    for await (const page of paginateListGroups({ client: local.sdk, pageSize: 2 }, pool)) {
      names.push(...(page.Groups ?? []).map(({ GroupName }) => GroupName));
    }
    expect(names).toEqual(['editor', 'moderator', 'operator']);
    const join = local.call('AdminAddUserToGroup', { ...pool, Username: 'hana', GroupName: 'root' });
    await expect(join).rejects.toMatchObject({ code: 'ResourceNotFoundException', message: 'Group not found.' });
  });
});

describe('ListUsers', () => {
  beforeEach(async () => {
    for (const name of ['aoi', 'hana', 'haruto', 'ren']) {
      await local.call('AdminCreateUser', {
        ...pool,
        Username: name,
        MessageAction: 'SUPPRESS',
        UserAttributes: [{ Name: 'email', Value: `${name}@example.com` }],
      });
    }
  });

  const names = async (input: { Filter?: string; Limit?: number; PaginationToken?: string }) => {
    const answer = await local.sdk.send(new ListUsersCommand({ ...pool, ...input }));
    return { names: answer.Users?.map(({ Username }) => Username), next: answer.PaginationToken };
  };

  it('pages without losing or repeating anyone', async () => {
    const first = await names({ Limit: 3 });
    expect(first.names).toEqual(['aoi', 'hana', 'haruto']);
    expect(await names({ Limit: 3, PaginationToken: first.next })).toEqual({ names: ['ren'], next: undefined });
    await expect(names({ PaginationToken: '%%%' })).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('filters by one searchable attribute', async () => {
    expect((await names({ Filter: 'email = "ren@example.com"' })).names).toEqual(['ren']);
    expect((await names({ Filter: 'username ^= "ha"' })).names).toEqual(['hana', 'haruto']);
    expect((await names({ Filter: 'cognito:user_status = "CONFIRMED"' })).names).toEqual([]);
    expect((await names({ Filter: 'email ^= "ha"', Limit: 1 })).names).toEqual(['hana']);
    for (const Filter of ['custom:plan = "x"', 'email', 'email = ren', 'email = "a" or "b"', 'constructor = "x"']) {
      await expect(names({ Filter })).rejects.toMatchObject({ name: 'InvalidParameterException' });
    }
  });

  it('shows the attributes that were asked for', async () => {
    const { Users } = await local.sdk.send(new ListUsersCommand({ ...pool, Limit: 1, AttributesToGet: ['email'] }));
    expect(Users?.[0]?.Attributes).toEqual([{ Name: 'email', Value: 'aoi@example.com' }]);
  });
});

describe('pools and clients', () => {
  it('are described', async () => {
    await local.addUser('hana');
    const { UserPool } = await local.sdk.send(new DescribeUserPoolCommand(pool));
    expect(UserPool).toMatchObject({
      Id: POOL_ID,
      Name: 'members',
      Arn: 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Ab3dEf9hI',
      EstimatedNumberOfUsers: 1,
      MfaConfiguration: 'OFF',
      Policies: { PasswordPolicy: { MinimumLength: 10, TemporaryPasswordValidityDays: 7 } },
    });
    const ids: (string | undefined)[] = [];
    for await (const page of paginateListUserPools({ client: local.sdk, pageSize: 1 }, { MaxResults: 1 })) {
      ids.push(...(page.UserPools ?? []).map(({ Id }) => Id));
    }
    expect(ids).toEqual([POOL_ID]);
  });

  it('that do not exist are refused', async () => {
    await expect(local.call('DescribeUserPool', { UserPoolId: 'us-east-1_Unknown00' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'User pool us-east-1_Unknown00 does not exist.',
    });
    const client = { ...pool, ClientId: 'nobody' };
    await expect(local.call('DescribeUserPoolClient', client)).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });

  it('with triggers that nobody runs are refused with the Terraform address', () => {
    const { cognito } = local;
    expect(() => cognito.provisionPool({ ...describedPool, lambdaTriggers: { preSignUp: 'arn' } })).toThrow(
      'aws_cognito_user_pool.strict has triggers and no one to invoke them',
    );
  });
});

describe('access', () => {
  it('of administration is the operation on the pool', () => {
    expect(local.cognito.access('AdminCreateUser', { ...pool, Username: 'mei' })).toEqual([
      {
        action: 'cognito-idp:AdminCreateUser',
        resource: 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Ab3dEf9hI',
      },
    ]);
    expect(local.cognito.access('ListUserPools', {})).toEqual([{ action: 'cognito-idp:ListUserPools', resource: '*' }]);
    expect(() => local.cognito.access('AdminGetUser', { UserPoolId: '*' })).toThrow('userPoolId');
    expect(() => local.cognito.access('AdminGetUser', {})).toThrow("Value null at 'userPoolId'");
  });

  it('of what a client does for its user is public', () => {
    const operations = ['SignUp', 'ConfirmSignUp', 'InitiateAuth', 'RespondToAuthChallenge', 'GetUser', 'RevokeToken'];
    expect(operations.flatMap((operation) => local.cognito.access(operation, {}))).toEqual([]);
  });
});

describe('other operations', () => {
  it('that AWS has are refused as not emulated, and others as unknown', async () => {
    await expect(local.call('StartWebAuthnRegistration', {})).rejects.toMatchObject({
      code: 'NotEmulated',
      statusCode: 501,
    });
    await expect(local.call('constructor', {})).rejects.toMatchObject({ code: 'UnknownOperationException' });
    await expect(local.call('MakeCoffee', {})).rejects.toMatchObject({ code: 'UnknownOperationException' });
  });
});

const describedPool = {
  poolId: 'us-east-1_Strict000',
  name: 'strict',
  arn: 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Strict000',
  address: 'aws_cognito_user_pool.strict',
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
} as const;

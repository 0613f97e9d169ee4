import { afterEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../src/aws/error.ts';
import type { JsonObject, JsonValue } from '../../src/json.ts';
import type { LambdaTriggers } from '../../src/services/cognito-idp/index.ts';
import { CLIENT_ID, PASSWORD, POOL_ID, readClaims, startCognito, type TestCognito } from './support.ts';

let local: TestCognito;
let events: JsonObject[] = [];

afterEach(() => local.close());

type Handler = (event: JsonObject & { request: JsonObject; response: JsonObject }) => JsonValue;

/** A pool whose only trigger is this function, called through JSON as Lambda does. */
async function start(trigger: keyof LambdaTriggers, handler: Handler): Promise<void> {
  events = [];
  local = await startCognito({
    pool: { lambdaTriggers: { [trigger]: `arn:aws:lambda:us-east-1:123456789012:function:${trigger}` } },
    invokeTrigger: async (functionArn, event) => {
      expect(functionArn).toBe(`arn:aws:lambda:us-east-1:123456789012:function:${trigger}`);
      events.push(structuredClone(event));
      return handler(structuredClone(event) as Parameters<Handler>[0]);
    },
  });
}

const signUp = () =>
  local.call('SignUp', {
    ClientId: CLIENT_ID,
    Username: 'hana',
    Password: PASSWORD,
    UserAttributes: [{ Name: 'email', Value: 'hana@example.com' }],
    ValidationData: [{ Name: 'captcha', Value: 'ok' }],
    ClientMetadata: { locale: 'ja' },
  });

const confirm = () =>
  local.call('ConfirmSignUp', {
    ClientId: CLIENT_ID,
    Username: 'hana',
    ConfirmationCode: local.lastCode('hana@example.com'),
  });

describe('the pre sign-up trigger', () => {
  it('gets the documented event, and can confirm and verify at once', async () => {
    await start('preSignUp', (event) => ({ ...event, response: { autoConfirmUser: true, autoVerifyEmail: true } }));
    expect(await signUp()).toMatchObject({ UserConfirmed: true });
    expect(events).toEqual([
      {
        version: '1',
        triggerSource: 'PreSignUp_SignUp',
        region: 'us-east-1',
        userPoolId: POOL_ID,
        userName: 'hana',
        callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: CLIENT_ID },
        request: {
          userAttributes: { email: 'hana@example.com' },
          validationData: { captcha: 'ok' },
          clientMetadata: { locale: 'ja' },
        },
        response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
      },
    ]);
    expect(local.outbox.list()).toEqual([]);
    expect(readClaims((await local.tokens('hana')).IdToken)['email_verified']).toBe(true);
  });

  it('refuses a user with its own words', async () => {
    await start('preSignUp', () => {
      throw new Error('No robots');
    });
    await expect(signUp()).rejects.toMatchObject({
      code: 'UserLambdaValidationException',
      message: 'PreSignUp failed with error No robots.',
    });
    await expect(local.call('AdminGetUser', { UserPoolId: POOL_ID, Username: 'hana' })).rejects.toMatchObject({
      code: 'UserNotFoundException',
    });
  });

  it.each([[null], ['text'], [{}], [{ response: [] }]])('that returns %j is an invalid response', async (answer) => {
    await start('preSignUp', () => answer);
    await expect(signUp()).rejects.toMatchObject({
      code: 'InvalidLambdaResponseException',
      message: 'Unrecognizable lambda output',
    });
  });

  it('that cannot be invoked is an unexpected Lambda error', async () => {
    await start('preSignUp', () => {
      throw new AwsError('AccessDeniedException', 'not allowed');
    });
    await expect(signUp()).rejects.toMatchObject({
      code: 'UnexpectedLambdaException',
      message: 'PreSignUp invocation failed due to error AccessDeniedException: not allowed',
    });
  });

  it('sees users that an administrator creates', async () => {
    await start('preSignUp', (event) => event);
    await local.call('AdminCreateUser', { UserPoolId: POOL_ID, Username: 'mei', MessageAction: 'SUPPRESS' });
    expect(events).toMatchObject([
      { triggerSource: 'PreSignUp_AdminCreateUser', callerContext: { clientId: 'CLIENT_ID_NOT_APPLICABLE' } },
    ]);
  });
});

describe('the post confirmation trigger', () => {
  it('sees the confirmed user', async () => {
    await start('postConfirmation', (event) => event);
    const { UserSub } = await signUp();
    await confirm();
    expect(events).toMatchObject([
      {
        triggerSource: 'PostConfirmation_ConfirmSignUp',
        request: {
          userAttributes: {
            sub: UserSub,
            'cognito:user_status': 'CONFIRMED',
            email: 'hana@example.com',
            email_verified: 'true',
          },
        },
        response: {},
      },
    ]);
  });

  it('reports its failure and leaves the user confirmed', async () => {
    await start('postConfirmation', () => {
      throw new Error('table is gone');
    });
    await signUp();
    await expect(confirm()).rejects.toMatchObject({
      code: 'UserLambdaValidationException',
      message: 'PostConfirmation failed with error table is gone.',
    });
    expect(await local.signIn('hana')).toHaveProperty('AuthenticationResult');
  });

  it('sees a password reset', async () => {
    await start('postConfirmation', (event) => event);
    await local.addUser('ren');
    await local.call('ForgotPassword', { ClientId: CLIENT_ID, Username: 'ren' });
    await local.call('ConfirmForgotPassword', {
      ClientId: CLIENT_ID,
      Username: 'ren',
      ConfirmationCode: local.lastCode('ren@example.com'),
      Password: 'Another!2026',
    });
    expect(events).toMatchObject([{ triggerSource: 'PostConfirmation_ConfirmForgotPassword', userName: 'ren' }]);
  });
});

describe('the pre token generation trigger', () => {
  it('gets version 2 of the event, adds and hides claims, scopes and groups', async () => {
    await start('preTokenGeneration', (event) => ({
      ...event,
      response: {
        claimsAndScopeOverrideDetails: {
          idTokenGeneration: {
            claimsToAddOrOverride: { plan: 'free', levels: [1, 2], sub: 'forged', 'cognito:username': 'forged' },
            claimsToSuppress: ['email', 'iss'],
          },
          accessTokenGeneration: {
            claimsToAddOrOverride: { plan: 'free', client_id: 'forged', __proto__: { admin: true } },
            scopesToAdd: ['posts/write'],
          },
          groupOverrideDetails: { groupsToOverride: ['guests'] },
        },
      },
    }));
    await local.addUser('hana');
    local.cognito.provisionGroup({ poolId: POOL_ID, name: 'moderator', roleArn: 'arn:aws:iam::123456789012:role/m' });
    await local.call('AdminAddUserToGroup', { UserPoolId: POOL_ID, Username: 'hana', GroupName: 'moderator' });
    const tokens = await local.tokens('hana');

    expect(events).toMatchObject([
      {
        version: '2',
        triggerSource: 'TokenGeneration_Authentication',
        request: {
          userAttributes: { email: 'hana@example.com', 'cognito:user_status': 'CONFIRMED' },
          groupConfiguration: {
            groupsToOverride: ['moderator'],
            iamRolesToOverride: ['arn:aws:iam::123456789012:role/m'],
          },
          scopes: ['aws.cognito.signin.user.admin'],
        },
        response: { claimsAndScopeOverrideDetails: null },
      },
    ]);
    const id = readClaims(tokens.IdToken);
    expect(id).toMatchObject({
      plan: 'free',
      levels: [1, 2],
      'cognito:username': 'hana',
      'cognito:groups': ['guests'],
    });
    expect(id['sub']).not.toBe('forged');
    expect(id['iss']).toBe('https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEf9hI');
    expect(id).not.toHaveProperty('email');
    expect(readClaims(tokens.AccessToken)).toMatchObject({
      plan: 'free',
      client_id: CLIENT_ID,
      scope: 'aws.cognito.signin.user.admin posts/write',
      'cognito:groups': ['guests'],
    });
    expect(readClaims(tokens.AccessToken)).not.toHaveProperty('admin');
  });

  it('is told why tokens are made', async () => {
    await start('preTokenGeneration', (event) => event);
    await local.addUser('hana');
    const { RefreshToken } = await local.tokens('hana');
    await local.call('GetTokensFromRefreshToken', { ClientId: CLIENT_ID, RefreshToken });
    expect(events.map((event) => event['triggerSource'])).toEqual([
      'TokenGeneration_Authentication',
      'TokenGeneration_RefreshTokens',
    ]);
  });

  it('can refuse a sign-in', async () => {
    await start('preTokenGeneration', () => {
      throw new Error('closed');
    });
    await local.addUser('hana');
    await expect(local.signIn('hana')).rejects.toMatchObject({
      code: 'UserLambdaValidationException',
      message: 'PreTokenGeneration failed with error closed.',
    });
  });
});

describe('the custom message trigger', () => {
  it('writes the message and never sees the code', async () => {
    await start('customMessage', (event) => ({
      ...event,
      response: { emailSubject: '広場へようこそ', emailMessage: `コード: ${String(event.request['codeParameter'])}` },
    }));
    await signUp();
    const code = local.lastCode('hana@example.com');
    expect(local.outbox.list()).toMatchObject([{ subject: '広場へようこそ', body: `コード: ${code}` }]);
    expect(events).toMatchObject([
      { triggerSource: 'CustomMessage_SignUp', request: { codeParameter: '{####}', usernameParameter: null } },
    ]);
    expect(JSON.stringify(events)).not.toContain(code);
  });

  it('must leave a place for the code', async () => {
    await start('customMessage', (event) => ({ ...event, response: { emailMessage: 'Welcome' } }));
    await expect(signUp()).rejects.toMatchObject({ code: 'InvalidLambdaResponseException' });
  });
});

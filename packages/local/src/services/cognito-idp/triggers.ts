import { AwsError } from '../../aws/error.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import type { LambdaTriggers } from './config.ts';
import type { Cognito, Pool } from './context.ts';
import type { StringMap } from './input.ts';
import type { Group } from './store/groups.ts';
import type { User } from './store/users.ts';

/** What every trigger event says about the call behind it. */
export interface TriggerCall {
  readonly pool: Pool;
  readonly userName: string;
  /** Absent for calls of an administrator. */
  readonly clientId?: string;
  readonly clientMetadata: StringMap;
}

const NAMES = {
  preSignUp: 'PreSignUp',
  postConfirmation: 'PostConfirmation',
  preTokenGeneration: 'PreTokenGeneration',
  customMessage: 'CustomMessage',
} as const satisfies Record<keyof LambdaTriggers, string>;

export interface PreSignUpAnswer {
  readonly autoConfirmUser: boolean;
  readonly autoVerifyEmail: boolean;
  readonly autoVerifyPhone: boolean;
}

export async function preSignUp(
  cognito: Cognito,
  call: TriggerCall,
  detail: {
    source: 'PreSignUp_SignUp' | 'PreSignUp_AdminCreateUser' | 'PreSignUp_ExternalProvider';
    attributes: StringMap;
    validationData: StringMap;
  },
): Promise<PreSignUpAnswer> {
  const { source, attributes, validationData } = detail;
  const response = await run(cognito, call, {
    trigger: 'preSignUp',
    source,
    request: { userAttributes: toObject(attributes), validationData: toObject(validationData) },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  });
  return {
    autoConfirmUser: response['autoConfirmUser'] === true,
    autoVerifyEmail: response['autoVerifyEmail'] === true,
    autoVerifyPhone: response['autoVerifyPhone'] === true,
  };
}

/** The user is confirmed already: a failing function is reported, and changes nothing. */
export async function postConfirmation(
  cognito: Cognito,
  call: TriggerCall,
  detail: { source: 'PostConfirmation_ConfirmSignUp' | 'PostConfirmation_ConfirmForgotPassword'; user: User },
): Promise<void> {
  const { source, user } = detail;
  await run(cognito, call, {
    trigger: 'postConfirmation',
    source,
    request: { userAttributes: userAttributes(user) },
    response: {},
  });
}

export type TokenSource = 'Authentication' | 'HostedAuth' | 'NewPasswordChallenge' | 'RefreshTokens';

/** Version 2 of the event; returns `claimsAndScopeOverrideDetails`, empty when the function left it alone. */
export async function preTokenGeneration(
  cognito: Cognito,
  call: TriggerCall,
  detail: { source: TokenSource; user: User; groups: readonly Group[]; scopes: readonly string[] },
): Promise<JsonObject> {
  const { source, user, groups, scopes } = detail;
  const roles = groups.flatMap(({ roleArn }) => roleArn ?? []);
  const response = await run(cognito, call, {
    trigger: 'preTokenGeneration',
    source: `TokenGeneration_${source}`,
    version: '2',
    request: {
      userAttributes: userAttributes(user),
      groupConfiguration: {
        groupsToOverride: groups.map(({ name }) => name),
        iamRolesToOverride: roles,
        preferredRole: roles[0] ?? null,
      },
      scopes: [...scopes],
    },
    response: { claimsAndScopeOverrideDetails: null },
  });
  return asObject(response['claimsAndScopeOverrideDetails']);
}

export interface CustomMessageAnswer {
  readonly emailSubject?: string;
  readonly emailMessage?: string;
  readonly smsMessage?: string;
}

/** The function sees the placeholder `{####}` and never the code. */
export async function customMessage(
  cognito: Cognito,
  call: TriggerCall,
  detail: { source: string; user: User },
): Promise<CustomMessageAnswer> {
  const { source, user } = detail;
  const response = await run(cognito, call, {
    trigger: 'customMessage',
    source: `CustomMessage_${source}`,
    request: {
      userAttributes: userAttributes(user),
      codeParameter: '{####}',
      linkParameter: '{##Click Here##}',
      usernameParameter: source === 'AdminCreateUser' ? '{username}' : null,
    },
    response: { smsMessage: null, emailMessage: null, emailSubject: null },
  });
  const text = (name: string) => (typeof response[name] === 'string' ? response[name] : undefined);
  return { emailSubject: text('emailSubject'), emailMessage: text('emailMessage'), smsMessage: text('smsMessage') };
}

interface Invocation {
  readonly trigger: keyof LambdaTriggers;
  readonly source: string;
  readonly version?: string;
  readonly request: JsonObject;
  readonly response: JsonObject;
}

/** The event's `response` as the function left it; as it was given when the pool has no such trigger. */
async function run(cognito: Cognito, call: TriggerCall, invocation: Invocation): Promise<JsonObject> {
  const { trigger, source, version = '1', request, response } = invocation;
  const functionArn = call.pool.lambdaTriggers[trigger];
  if (functionArn === undefined || !cognito.invokeTrigger) return response;
  const event: JsonObject = {
    version,
    triggerSource: source,
    region: cognito.account.region,
    userPoolId: call.pool.poolId,
    userName: call.userName,
    callerContext: {
      awsSdkVersion: 'aws-sdk-unknown-unknown',
      clientId: call.clientId ?? 'CLIENT_ID_NOT_APPLICABLE',
    },
    request: { ...request, clientMetadata: toObject(call.clientMetadata) },
    response,
  };
  const result = await cognito.invokeTrigger(functionArn, event).catch((cause: unknown) => {
    throw triggerFailure(NAMES[trigger], cause);
  });
  const answer = asObject(result)['response'];
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) {
    throw new AwsError('InvalidLambdaResponseException', 'Unrecognizable lambda output');
  }
  return answer;
}

/** A function that throws speaks to the user; a function that could not be run does not. */
function triggerFailure(name: string, cause: unknown): AwsError {
  if (cause instanceof AwsError) {
    return new AwsError(
      'UnexpectedLambdaException',
      `${name} invocation failed due to error ${cause.code}: ${cause.message}`,
    );
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  return new AwsError('UserLambdaValidationException', `${name} failed with error ${message}.`);
}

const userAttributes = (user: User): JsonObject => ({
  sub: user.sub,
  'cognito:user_status': user.status,
  ...user.attributes,
});

const toObject = (map: StringMap): JsonObject => Object.fromEntries(map);

const asObject = (value: JsonValue | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};

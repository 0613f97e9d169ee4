import {
  CognitoIdentityProviderClient,
  ListUsersCommand,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { required } from './environment.ts';

/** See `dynamodb` for why it gives a request up after seconds. */
export const cognito = new CognitoIdentityProviderClient({
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
});

export interface MemberName {
  readonly UserPoolId: string;
  readonly Username: string;
}

/**
 * Does something to a member of the pool; undefined when there is no such member. Whoever signs in by address is called by the
 * `sub`, whoever comes from elsewhere as `Google_1234`, which has to be looked up.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminGetUser.html#CognitoUserPools-AdminGetUser-request-Username
 */
export async function withMember<T>(sub: string, act: (name: MemberName) => Promise<T>): Promise<T | undefined> {
  const UserPoolId = required('USER_POOL_ID');
  return (await unlessGone(() => act({ UserPoolId, Username: sub }))) ?? (await byItsOtherName(UserPoolId, sub, act));
}

async function byItsOtherName<T>(
  UserPoolId: string,
  sub: string,
  act: (name: MemberName) => Promise<T>,
): Promise<T | undefined> {
  const { Users = [] } = await cognito.send(new ListUsersCommand({ UserPoolId, Filter: `sub = "${sub}"`, Limit: 1 }));
  const Username = Users[0]?.Username;
  return Username === undefined || Username === sub ? undefined : unlessGone(() => act({ UserPoolId, Username }));
}

async function unlessGone<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof UserNotFoundException) return undefined;
    throw error;
  }
}

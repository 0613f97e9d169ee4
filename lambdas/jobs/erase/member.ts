import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { required } from '../../shared/environment.ts';
import type { Task } from '../plan.ts';

/** See `dynamodb` for why it gives a request up after seconds. */
export const cognito = new CognitoIdentityProviderClient({
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
});

/** Nobody signs in any more, and refresh tokens are worth nothing. Access tokens live for up to an hour: see the profile. */
export const signOut: Task = async ({ userId: Username }) => {
  const UserPoolId = required('USER_POOL_ID');
  await unlessGone(() => cognito.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username })));
  await unlessGone(() => cognito.send(new AdminDisableUserCommand({ UserPoolId, Username })));
  return null;
};

/** With the address and the password. The pool's name of a member is the `sub`, since members sign in by address. */
export const deleteMember: Task = async ({ userId: Username }) => {
  const UserPoolId = required('USER_POOL_ID');
  await unlessGone(() => cognito.send(new AdminDeleteUserCommand({ UserPoolId, Username })));
  return null;
};

async function unlessGone(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof UserNotFoundException)) throw error;
  }
}

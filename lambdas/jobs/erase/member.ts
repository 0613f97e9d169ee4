import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminUserGlobalSignOutCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { cognito, withMember } from '../../shared/members.ts';
import type { Task } from '../plan.ts';

/** Nobody signs in any more, and refresh tokens are worth nothing. Access tokens live for up to an hour: see the profile. */
export const signOut: Task = async ({ userId }) => {
  await withMember(userId, (name) => cognito.send(new AdminUserGlobalSignOutCommand(name)));
  await withMember(userId, (name) => cognito.send(new AdminDisableUserCommand(name)));
  return null;
};

/** With the address and the password, or the word of whom they sign in with. */
export const deleteMember: Task = async ({ userId }) => {
  await withMember(userId, (name) => cognito.send(new AdminDeleteUserCommand(name)));
  return null;
};

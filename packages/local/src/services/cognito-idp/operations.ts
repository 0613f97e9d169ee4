import { adminCreateUser } from './operations/adminCreateUser.ts';
import { adminDisableUser, adminEnableUser } from './operations/adminEnableUser.ts';
import { adminSetUserPassword } from './operations/adminSetUserPassword.ts';
import { changePassword } from './operations/changePassword.ts';
import { adminConfirmSignUp, confirmSignUp, resendConfirmationCode } from './operations/confirmSignUp.ts';
import { adminDeleteUser, deleteUser } from './operations/deleteUser.ts';
import { describeUserPool, describeUserPoolClient, listUserPools } from './operations/describe.ts';
import { confirmForgotPassword, forgotPassword } from './operations/forgotPassword.ts';
import { getTokensFromRefreshToken } from './operations/getTokensFromRefreshToken.ts';
import { adminGetUser, getUser } from './operations/getUser.ts';
import {
  adminAddUserToGroup,
  adminListGroupsForUser,
  adminRemoveUserFromGroup,
  listGroups,
} from './operations/groups.ts';
import { adminInitiateAuth, initiateAuth } from './operations/initiateAuth.ts';
import { listUsers } from './operations/listUsers.ts';
import { adminSetUserMfaPreference, setUserMfaPreference } from './operations/mfaPreference.ts';
import type { Operation, OperationAccess } from './operations/operation.ts';
import { adminRespondToAuthChallenge, respondToAuthChallenge } from './operations/respondToAuthChallenge.ts';
import { adminUserGlobalSignOut, globalSignOut, revokeToken } from './operations/revokeToken.ts';
import { signUp } from './operations/signUp.ts';
import { associateSoftwareToken, verifySoftwareToken } from './operations/softwareToken.ts';
import {
  deleteUserAttributes,
  getUserAttributeVerificationCode,
  updateUserAttributes,
  verifyUserAttribute,
} from './operations/userAttributes.ts';

interface Entry {
  readonly access: OperationAccess;
  readonly run: Operation;
}

const PUBLIC_OPERATIONS: Readonly<Record<string, Operation>> = {
  AssociateSoftwareToken: associateSoftwareToken,
  ChangePassword: changePassword,
  ConfirmForgotPassword: confirmForgotPassword,
  ConfirmSignUp: confirmSignUp,
  DeleteUser: deleteUser,
  DeleteUserAttributes: deleteUserAttributes,
  ForgotPassword: forgotPassword,
  GetTokensFromRefreshToken: getTokensFromRefreshToken,
  GetUser: getUser,
  GetUserAttributeVerificationCode: getUserAttributeVerificationCode,
  GlobalSignOut: globalSignOut,
  InitiateAuth: initiateAuth,
  ResendConfirmationCode: resendConfirmationCode,
  RespondToAuthChallenge: respondToAuthChallenge,
  RevokeToken: revokeToken,
  SetUserMFAPreference: setUserMfaPreference,
  SignUp: signUp,
  UpdateUserAttributes: updateUserAttributes,
  VerifySoftwareToken: verifySoftwareToken,
  VerifyUserAttribute: verifyUserAttribute,
};

const POOL_OPERATIONS: Readonly<Record<string, Operation>> = {
  AdminAddUserToGroup: adminAddUserToGroup,
  AdminConfirmSignUp: adminConfirmSignUp,
  AdminCreateUser: adminCreateUser,
  AdminDeleteUser: adminDeleteUser,
  AdminDisableUser: adminDisableUser,
  AdminEnableUser: adminEnableUser,
  AdminGetUser: adminGetUser,
  AdminInitiateAuth: adminInitiateAuth,
  AdminListGroupsForUser: adminListGroupsForUser,
  AdminRemoveUserFromGroup: adminRemoveUserFromGroup,
  AdminRespondToAuthChallenge: adminRespondToAuthChallenge,
  AdminSetUserMFAPreference: adminSetUserMfaPreference,
  AdminSetUserPassword: adminSetUserPassword,
  AdminUserGlobalSignOut: adminUserGlobalSignOut,
  DescribeUserPool: describeUserPool,
  DescribeUserPoolClient: describeUserPoolClient,
  ListGroups: listGroups,
  ListUsers: listUsers,
};

const ACCOUNT_OPERATIONS: Readonly<Record<string, Operation>> = { ListUserPools: listUserPools };

export const OPERATIONS: ReadonlyMap<string, Entry> = new Map([
  ...entries(PUBLIC_OPERATIONS, 'public'),
  ...entries(POOL_OPERATIONS, 'pool'),
  ...entries(ACCOUNT_OPERATIONS, 'account'),
]);

function entries(operations: Readonly<Record<string, Operation>>, access: OperationAccess) {
  return Object.entries(operations).map(([name, run]): [string, Entry] => [name, { access, run }]);
}

/** Operations that AWS has and this service has not. */
export const NOT_EMULATED: ReadonlySet<string> = new Set(
  `AddCustomAttributes AddUserPoolClientSecret AdminDeleteSoftwareToken AdminDeleteUserAttributes
   AdminDisableProviderForUser AdminForgetDevice AdminGetDevice AdminGetUserAuthFactors AdminLinkProviderForUser
   AdminListDevices AdminListUserAuthEvents AdminListUserSessions AdminResetUserPassword AdminRevokeUserSession
   AdminSetUserSettings AdminUpdateAuthEventFeedback AdminUpdateDeviceStatus
   AdminUpdateUserAttributes CompleteWebAuthnRegistration ConfirmDevice CreateGroup
   CreateIdentityProvider CreateManagedLoginBranding CreateResourceServer CreateTerms CreateUserImportJob
   CreateUserPool CreateUserPoolClient CreateUserPoolDomain CreateUserPoolReplica DeleteGroup DeleteIdentityProvider
   DeleteManagedLoginBranding DeleteResourceServer DeleteTerms DeleteUserPool
   DeleteUserPoolClient DeleteUserPoolClientSecret DeleteUserPoolDomain DeleteUserPoolReplica
   DeleteWebAuthnCredential DescribeIdentityProvider DescribeManagedLoginBranding
   DescribeManagedLoginBrandingByClient DescribeResourceServer DescribeRiskConfiguration DescribeTerms
   DescribeTermsByClient DescribeUserImportJob DescribeUserPoolDomain ForgetDevice GetCSVHeader GetClientToken
   GetDevice GetGroup GetIdentityProviderByIdentifier GetLogDeliveryConfiguration GetProvisionedLimit
   GetSigningCertificate GetUICustomization GetUserAuthFactors GetUserPoolClientSessionConfiguration
   GetUserPoolMfaConfig GetUserPoolSessionConfiguration ListDevices ListIdentityProviders ListResourceServers
   ListTagsForResource ListTerms ListUserImportJobs ListUserPoolClientSecrets ListUserPoolClients
   ListUserPoolReplicas ListUserSessions ListUsersInGroup ListWebAuthnCredentials RevokeUserSession
   SetLogDeliveryConfiguration SetRiskConfiguration SetUICustomization
   SetUserPoolClientSessionConfiguration SetUserPoolMfaConfig SetUserPoolSessionConfiguration SetUserSettings
   StartUserImportJob StartWebAuthnRegistration StopUserImportJob TagResource UntagResource
   UpdateAuthEventFeedback UpdateDeviceStatus UpdateGroup UpdateIdentityProvider UpdateManagedLoginBranding
   UpdateProvisionedLimit UpdateResourceServer UpdateTerms UpdateUserPool UpdateUserPoolClient UpdateUserPoolDomain
   UpdateUserPoolReplica`.split(/\s+/),
);

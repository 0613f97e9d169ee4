import { util, type AppSyncIdentityCognito, type AppSyncIdentityIAM, type Identity } from '@aws-appsync/utils';

/** The user's `sub`; null for a request by API key or IAM, also with a user's keys of the identity pool. */
export function viewerIdOrNull(identity: Identity): string | null {
  if (util.authType() !== 'User Pool Authorization') {
    return null;
  }
  return (identity as AppSyncIdentityCognito).sub;
}

/** The user's `sub`. Ends the request with Unauthorized when nobody is signed in. */
export function viewerId(identity: Identity): string {
  const id = viewerIdOrNull(identity);
  if (id === null) {
    util.unauthorized();
  }
  return id as string;
}

/**
 * A worker of this system, which reads on behalf of those it publishes to. Guests and users of the identity pool come by IAM,
 * too, and are the public: whatever tells of a pool makes a caller one of them.
 */
export function isWorker(identity: Identity): boolean {
  if (util.authType() !== 'IAM Authorization') {
    return false;
  }
  const { cognitoIdentityId, cognitoIdentityPoolId, cognitoIdentityAuthType } = identity as AppSyncIdentityIAM;
  return !cognitoIdentityId && !cognitoIdentityPoolId && !cognitoIdentityAuthType;
}

export function isModerator(identity: Identity): boolean {
  const groups = viewerIdOrNull(identity) === null ? [] : ((identity as AppSyncIdentityCognito).groups ?? []);
  return groups.indexOf('moderators') >= 0;
}

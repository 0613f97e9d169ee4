import { util, type AppSyncIdentityCognito, type Identity } from '@aws-appsync/utils';

/** The user's `sub`; null for a request by API key or IAM. */
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

/** A worker of this system, which reads on behalf of those it publishes to. */
export function isWorker(): boolean {
  return util.authType() === 'IAM Authorization';
}

export function isModerator(identity: Identity): boolean {
  const groups = viewerIdOrNull(identity) === null ? [] : ((identity as AppSyncIdentityCognito).groups ?? []);
  return groups.indexOf('moderators') >= 0;
}

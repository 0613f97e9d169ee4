import type { Principal } from './service.ts';

/** Whoever has taken on a role appears as a session of it, which drops the role's path. */
export function sessionOf({ arn, webIdentity }: Principal): string {
  const [, account, name] = /^arn:aws:iam::(\d+):role\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (account === undefined) return arn;
  const session = webIdentity ? `/${webIdentity.userId.slice(webIdentity.userId.indexOf(':') + 1)}` : '';
  return `arn:aws:sts::${account}:assumed-role/${name}${session}`;
}

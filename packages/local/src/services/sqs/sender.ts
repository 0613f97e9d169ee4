import type { Account } from '../../aws/account.ts';
import type { Principal } from '../../aws/service.ts';

/** The `SenderId` of a message: of a role its unique id and its name, else the account or the service. */
export function senderIdOf({ arn }: Principal, account: Account, roleIdOf: (roleName: string) => string): string {
  const role = /^arn:aws:iam::\d+:role\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
  if (role !== undefined) return `${roleIdOf(role)}:${role}`;
  return arn.startsWith('arn:') ? account.accountId : arn;
}

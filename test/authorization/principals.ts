import type { Caller } from '../support/graphql.ts';
import type { Member } from '../support/member.ts';
import { type AccessKey, rootKey } from '../support/signed.ts';
import { publicCaller } from '../support/graphql.ts';

/** Who asks: the columns of the tables. */
export const principals = [
  'nobody',
  'public',
  'guest',
  'identified',
  'stranger',
  'follower',
  'blocked',
  'owner',
  'moderator',
  'operator',
  'iam',
] as const;
export type Principal = (typeof principals)[number];

/** Those who have signed in. */
export type MemberName = Exclude<Principal, 'nobody' | 'public' | KeyHolder | 'iam'>;
export type Members = Readonly<Record<MemberName, Member>>;

/** Those who sign with keys of the identity pool. */
export type KeyHolder = 'guest' | 'identified';

export interface Callers {
  readonly members: Members;
  readonly keys: Readonly<Record<KeyHolder, AccessKey>>;
}

const withoutToken: readonly string[] = ['nobody', 'public', 'guest', 'identified', 'iam'];

export const isMember = (principal: Principal): principal is MemberName => !withoutToken.includes(principal);

export function callerOf(principal: Principal, { members, keys }: Callers): Caller {
  switch (principal) {
    case 'nobody':
      return {};
    case 'public':
      return publicCaller;
    case 'guest':
    case 'identified':
      return { accessKey: keys[principal] };
    case 'iam':
      return { accessKey: rootKey };
    default:
      return { authorization: members[principal].authorization };
  }
}

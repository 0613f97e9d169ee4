import type { Caller } from '../support/graphql.ts';
import type { Member } from '../support/member.ts';
import { rootKey } from '../support/signed.ts';
import { publicCaller } from '../support/graphql.ts';

/** Who asks: the columns of the tables. */
export const principals = [
  'nobody',
  'public',
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
export type MemberName = Exclude<Principal, 'nobody' | 'public' | 'iam'>;
export type Members = Readonly<Record<MemberName, Member>>;

export function callerOf(principal: Principal, members: Members): Caller {
  switch (principal) {
    case 'nobody':
      return {};
    case 'public':
      return publicCaller;
    case 'iam':
      return { accessKey: rootKey };
    default:
      return { authorization: members[principal].authorization };
  }
}

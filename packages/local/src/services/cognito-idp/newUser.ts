import { aliasesOf, foldCase, isEmail, isPhoneNumber, mergeAttributes } from './attributes.ts';
import type { Cognito, Pool } from './context.ts';
import { aliasExists, invalidParameter, usernameExists } from './errors.ts';
import type { StringMap } from './input.ts';
import { passwordRecord } from './passwords.ts';
import type { User, UserStatus } from './store/users.ts';
import type { PreSignUpAnswer } from './triggers.ts';
import { uuid } from '../../uuid.ts';

export interface NewUser {
  readonly names: { readonly username: string; readonly sub: string };
  readonly status: UserStatus;
  readonly attributes: StringMap;
  readonly answer: PreSignUpAnswer;
  /** Null: nobody knows it, so nothing is kept to check it by. */
  readonly password: string | null;
}

/** The last step of sign-up and of AdminCreateUser; throws when the name or an alias was taken meanwhile. */
export async function addUser(
  cognito: Cognito,
  pool: Pool,
  { names, status, attributes, answer, password }: NewUser,
): Promise<User> {
  const now = cognito.clock.now();
  const owner = { poolName: pool.srpName, userId: names.username };
  const user: User = {
    poolId: pool.poolId,
    ...names,
    status,
    enabled: true,
    attributes: withVerified(mergeAttributes({ attributes: {} }, attributes), answer),
    password: password === null ? null : await passwordRecord(owner, password, { random: cognito.random, now }),
    createdAt: now,
    modifiedAt: now,
  };
  refuseTaken(cognito, pool, { username: user.username, attributes });
  cognito.users.save(user, aliasesOf(pool, user));
  return user;
}

/** In a pool of email addresses or phone numbers the `sub` is the username too. */
export function newNames(cognito: Cognito, pool: Pool, login: string): NewUser['names'] {
  const sub = uuid(cognito.random);
  return { sub, username: pool.usernameAttributes?.length ? sub : foldCase(pool, login) };
}

/** In a pool of email addresses or phone numbers the username is one of them, and becomes that attribute. */
export function withUsernameAttribute(pool: Pool, login: string, attributes: StringMap): StringMap {
  const allowed = pool.usernameAttributes ?? [];
  if (allowed.length === 0) {
    if (pool.aliasAttributes?.includes('email') && isEmail(login)) {
      throw invalidParameter('Username cannot be of email format, since user pool is configured for email alias.');
    }
    return attributes;
  }
  if (allowed.includes('email') && isEmail(login)) return new Map([...attributes, ['email', login]]);
  if (allowed.includes('phone_number') && isPhoneNumber(login))
    return new Map([...attributes, ['phone_number', login]]);
  if (allowed.length > 1) throw invalidParameter('Username should be either an email or a phone number.');
  throw invalidParameter(`Username should be ${allowed[0] === 'email' ? 'an email' : 'a phone number'}.`);
}

export function refuseTaken(
  cognito: Cognito,
  pool: Pool,
  { username, attributes }: { username: string; attributes: StringMap },
): void {
  if (cognito.users.find(pool.poolId, username)) throw usernameExists();
  for (const attribute of pool.usernameAttributes ?? []) {
    const value = attributes.get(attribute);
    if (value && cognito.users.aliasOwner(pool.poolId, { attribute, value: foldCase(pool, value) })) {
      throw usernameExists(aliasExists(attribute).message);
    }
  }
}

function withVerified(attributes: Record<string, string>, answer: PreSignUpAnswer): Record<string, string> {
  return {
    ...attributes,
    ...(answer.autoVerifyEmail && attributes['email'] && { email_verified: 'true' }),
    ...(answer.autoVerifyPhone && attributes['phone_number'] && { phone_number_verified: 'true' }),
  };
}

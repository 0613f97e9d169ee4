import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import type { Random } from '../../random.ts';
import type { PasswordPolicy } from './config.ts';
import { invalidParameter, invalidPassword } from './errors.ts';
import { MAX_PASSWORD_LENGTH } from './limits.ts';
import { equalBytes, type SrpUser, srpVerifier } from './srp.ts';
import type { PasswordRecord } from './store/users.ts';

const derive = promisify<string, Buffer, number, Buffer>(scrypt);
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** What AWS counts as a symbol; a space counts too, but not at either end. */
const SYMBOL = /[\^$*.[\]{}()?\-"!@#%&/\\,><':;|_~`+=]|(?<=.) (?=.)/;

/** Throws `InvalidPasswordException` for the first broken rule. */
export function checkPolicy(policy: PasswordPolicy, password: string): void {
  if (password.length > MAX_PASSWORD_LENGTH || /^\s|\s$/.test(password)) {
    throw invalidParameter(
      "1 validation error detected: Value at 'password' failed to satisfy constraint: " +
        'Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$',
    );
  }
  if (password.length < policy.minimumLength) throw invalidPassword('Password not long enough');
  if (policy.requireUppercase && !/\p{Lu}/u.test(password)) {
    throw invalidPassword('Password must have uppercase characters');
  }
  if (policy.requireLowercase && !/\p{Ll}/u.test(password)) {
    throw invalidPassword('Password must have lowercase characters');
  }
  if (policy.requireNumbers && !/\d/.test(password)) throw invalidPassword('Password must have numeric characters');
  if (policy.requireSymbols && !SYMBOL.test(password)) throw invalidPassword('Password must have symbol characters');
}

/**
 * An scrypt hash with its salt. Also for six-digit codes: a fast hash of one is undone by trying a million of them.
 */
export async function hashSecret(random: Random, secret: string): Promise<string> {
  const salt = random.bytes(SALT_BYTES);
  const hash = await derive(secret, salt, HASH_BYTES);
  return `${salt.toString('base64')}.${hash.toString('base64')}`;
}

export async function matchesSecret(stored: string, secret: string): Promise<boolean> {
  const [salt = '', hash = ''] = stored.split('.');
  const expected = Buffer.from(hash, 'base64');
  return equalBytes(await derive(secret, Buffer.from(salt, 'base64'), HASH_BYTES), expected);
}

/** As much work as a real check, for a name that nobody has, so that time tells nothing. */
export async function pretendToMatch(secret: string): Promise<false> {
  await derive(secret, Buffer.alloc(SALT_BYTES), HASH_BYTES);
  return false;
}

export async function passwordRecord(
  user: SrpUser,
  password: string,
  { random, now }: { random: Random; now: number },
): Promise<PasswordRecord> {
  const srpSalt = random.bytes(SALT_BYTES).toString('hex');
  const hash = await hashSecret(random, password);
  return { hash, srpSalt, srpVerifier: srpVerifier(user, password, srpSalt), setAt: now };
}

/** Satisfies every policy: the classes are drawn in turn, so that length alone has to grow. */
export function temporaryPassword(policy: PasswordPolicy, random: Random): string {
  const classes = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789', '!@#%&*_-+='];
  const length = Math.max(policy.minimumLength, 12);
  return [...random.bytes(length)]
    .map((byte, index) => {
      const alphabet = classes[index % classes.length] ?? '';
      return alphabet[byte % alphabet.length];
    })
    .join('');
}

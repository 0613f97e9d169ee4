import type { Random } from '../random.ts';
import type { SealedSessions } from './sealedSessions.ts';
import type { Principal } from './service.ts';

/** An access key as SDKs take it. `sessionToken` accompanies temporary keys only. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface SessionKey extends AccessKey {
  readonly sessionToken: string;
}

/** What stands behind an access key id. */
export interface KeyOwner {
  readonly principal: Principal;
  readonly key: AccessKey;
  /** Milliseconds since 1970 by the wall clock, or `null` for keys that have no end by it. */
  readonly expiresAt: number | null;
}

export interface Credentials {
  /** Makes a long-lived key known, as the developer's root key. */
  register(key: AccessKey, principal: Principal): void;
  /** A role session that lives as long as the process: one per principal, however often it is asked for. */
  sessionFor(principal: Principal): SessionKey;
  /** A new role session that ends at `expiresAt` (milliseconds since 1970 by the wall clock). */
  issueSession(principal: Principal, expiresAt: number): SessionKey;
  /** The session token tells whose a key is that is not kept here. */
  find(accessKeyId: string, sessionToken?: string | null): KeyOwner | null;
  principalOf(accessKeyId: string): Principal | null;
}

/**
 * The access keys this process accepts. Role sessions are kept in memory only: the workers that hold them are, too. Those of
 * an identity pool are held by browsers, and are in their own tokens.
 */
export function createCredentials({
  random,
  sealed,
}: {
  readonly random: Random;
  readonly sealed?: Pick<SealedSessions, 'open'>;
}): Credentials {
  const owners = new Map<string, KeyOwner>();
  const sessions = new Map<string, SessionKey>();

  function addSession(principal: Principal, expiresAt: number | null): SessionKey {
    const key = newSessionKey(random);
    owners.set(key.accessKeyId, { principal, key, expiresAt });
    return key;
  }

  return {
    register: (key, principal) => void owners.set(key.accessKeyId, { principal, key, expiresAt: null }),
    sessionFor(principal) {
      const known = sessions.get(principal.arn);
      const key = known ?? addSession(principal, null);
      // The same role may come back from a changed Terraform with another address.
      owners.set(key.accessKeyId, { principal, key, expiresAt: null });
      sessions.set(principal.arn, key);
      return key;
    },
    issueSession: (principal, expiresAt) => addSession(principal, expiresAt),
    find(accessKeyId, sessionToken = null) {
      const owner = owners.get(accessKeyId);
      if (owner || sessionToken === null) return owner ?? null;
      return sealed?.open(accessKeyId, sessionToken) ?? null;
    },
    principalOf: (accessKeyId) => owners.get(accessKeyId)?.principal ?? null,
  };
}

/** `AKIA` and sixteen characters; the secret has forty, as AWS's. */
export function newLongLivedKey(random: Random): AccessKey {
  return { accessKeyId: `AKIA${base32(random, 16)}`, secretAccessKey: newSecret(random) };
}

function newSessionKey(random: Random): SessionKey {
  return { ...newTemporaryKey(random), sessionToken: random.bytes(96).toString('base64') };
}

/** `ASIA` and sixteen characters; nothing without its session token. */
export function newTemporaryKey(random: Random): AccessKey {
  return { accessKeyId: `ASIA${base32(random, 16)}`, secretAccessKey: newSecret(random) };
}

const newSecret = (random: Random): string => random.bytes(30).toString('base64');

const BASE32_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(random: Random, length: number): string {
  return Array.from(random.bytes(length), (byte) => BASE32_ALPHABET[byte % 32]).join('');
}

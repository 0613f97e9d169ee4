import type { Clock } from '../clock.ts';
import { DataFolderError } from '../data/folder.ts';
import type { Sealing } from '../data/sealing.ts';
import type { Random } from '../random.ts';
import { newTemporaryKey, type KeyOwner, type SessionKey } from './credentials.ts';
import type { Principal } from './service.ts';

/**
 * Role sessions that say themselves whose they are: their token is the session, sealed with the data folder's key. A browser
 * keeps them over a restart of this process, and however many are asked for, none takes up memory here.
 */
export interface SealedSessions {
  /** A new session that ends at `expiresAt` (milliseconds since 1970 by the local clock). */
  issue(principal: Principal, expiresAt: number): SessionKey;
  /** `null`: not sealed here, or the token of another key. */
  open(accessKeyId: string, sessionToken: string): KeyOwner | null;
}

interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly principal: Principal;
  readonly expiresAt: number;
}

const PURPOSE = 'session token';
const LONG_AGO = 0;

export function createSealedSessions(options: {
  readonly sealing: Sealing;
  readonly random: Random;
  readonly clock: Clock;
}): SealedSessions {
  const { sealing, random, clock } = options;

  return {
    issue(principal, expiresAt) {
      const key = newTemporaryKey(random);
      const session: Session = { ...key, principal, expiresAt };
      return { ...key, sessionToken: sealing.seal(JSON.stringify(session), PURPOSE).toString('base64') };
    },
    open(accessKeyId, sessionToken) {
      const session = unseal(sealing, Buffer.from(sessionToken, 'base64'));
      if (session?.accessKeyId !== accessKeyId) return null;
      const { secretAccessKey, principal, expiresAt } = session;
      // Buffer skips what is no base64: written again, only the very token that was given out is like the one that came.
      const key = { accessKeyId, secretAccessKey, sessionToken: canonical(sessionToken) };
      // Verifiers compare with the machine's clock; these keys follow the system's own, as the user pool's tokens do.
      return { principal, key, expiresAt: clock.now() >= expiresAt ? LONG_AGO : null };
    },
  };
}

const canonical = (base64: string): string => Buffer.from(base64, 'base64').toString('base64');

/** What is shorter than a nonce and a tag was never sealed. */
const SHORTEST_TOKEN_BYTES = 28;

function unseal(sealing: Sealing, token: Buffer): Session | null {
  if (token.length < SHORTEST_TOKEN_BYTES) return null;
  try {
    return JSON.parse(sealing.open(token, PURPOSE)) as Session;
  } catch (error) {
    if (error instanceof DataFolderError) return null;
    throw error;
  }
}

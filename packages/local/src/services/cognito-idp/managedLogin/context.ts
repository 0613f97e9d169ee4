import type { Cognito } from '../context.ts';
import { DAY, HOUR, MINUTE } from '../limits.ts';
import { createMemory, type Memory } from './memory.ts';

/** A code on its way to the application, and what it can be exchanged for. */
export interface Grant {
  readonly clientId: string;
  readonly poolId: string;
  readonly username: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly nonce: string | undefined;
  readonly codeChallenge: string | undefined;
}

/** Who is signed in on the login page of a pool, in one browser. */
export interface LoginSession {
  readonly poolId: string;
  readonly username: string;
  readonly sub: string;
}

export interface ManagedLogin {
  readonly cognito: Cognito;
  readonly codes: Memory<Grant>;
  readonly sessions: Memory<LoginSession>;
}

/** Developer guide, "Authorize endpoint": a code is good for five minutes. */
const CODE_LIFE = 5 * MINUTE;
/** Developer guide, "User pool endpoints and managed login": the cookie is good for an hour. */
export const SESSION_LIFE = HOUR;
export const SESSION_COOKIE = 'cognito';
export const CSRF_COOKIE = 'XSRF-TOKEN';
export const CSRF_LIFE = DAY;

export function createManagedLoginContext(cognito: Cognito): ManagedLogin {
  return {
    cognito,
    codes: createMemory(cognito.clock, CODE_LIFE),
    sessions: createMemory(cognito.clock, SESSION_LIFE),
  };
}

import type { Cognito } from '../context.ts';
import { DAY, HOUR, MINUTE } from '../limits.ts';
import type { Person } from './federation/personPage.ts';
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

/** A browser on its way to a provider and back. */
export interface Departure {
  /** Of the application's request. */
  readonly query: string;
  readonly provider: string;
  readonly nonce: string;
  /** PKCE's. */
  readonly verifier: string;
}

/** What a provider's code stands for. */
export interface ProviderCode {
  readonly provider: string;
  readonly nonce: string;
  readonly challenge: string;
  readonly person: Person;
}

export interface ManagedLogin {
  readonly cognito: Cognito;
  readonly codes: Memory<Grant>;
  readonly sessions: Memory<LoginSession>;
  readonly departures: Memory<Departure>;
  readonly providerCodes: Memory<ProviderCode>;
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
    departures: createMemory(cognito.clock, CODE_LIFE),
    providerCodes: createMemory(cognito.clock, CODE_LIFE),
  };
}

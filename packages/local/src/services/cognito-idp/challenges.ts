import type { Clock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import { MAX_OPEN_CHALLENGES } from './limits.ts';
import type { SrpExchange } from './srp.ts';
import type { Subject } from './store/attempts.ts';
import type { TokenSource } from './triggers.ts';

/** A sign-in between two requests. Bound to one client and one user, known by an id that cannot be guessed. */
export type Challenge =
  | (OpenSignIn & {
      readonly kind: 'PASSWORD_VERIFIER';
      readonly exchange: SrpExchange;
      readonly known: boolean;
      readonly subject: Subject;
    })
  | (OpenSignIn & { readonly kind: 'NEW_PASSWORD_REQUIRED' })
  | SecondFactorChallenge;

export interface SecondFactorChallenge extends OpenSignIn {
  readonly kind: 'SOFTWARE_TOKEN_MFA' | 'SMS_MFA' | 'SELECT_MFA_TYPE' | 'MFA_SETUP';
  readonly source: TokenSource;
  /** `MFA_SETUP`: whether the new software token was verified within this sign-in. */
  readonly verified: boolean;
}

interface OpenSignIn {
  readonly clientId: string;
  /** `USERNAME` as the challenge gave it; for a name that nobody has, an invented one. */
  readonly username: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export type Challenges = ReturnType<typeof createChallenges>;

const ID_BYTES = 64;

/** In memory only: a sign-in that a restart cuts in two begins again. */
export function createChallenges({ clock, random }: { clock: Clock; random: Random }) {
  const open = new Map<string, Challenge>();

  // The map keeps the order of insertion, so what expired lies at its front.
  function makeRoom(): void {
    for (const [id, { expiresAt }] of open) {
      if (expiresAt > clock.now() && open.size < MAX_OPEN_CHALLENGES) return;
      open.delete(id);
    }
  }

  return {
    /** Returns the id in base64. */
    open(challenge: Challenge): string {
      makeRoom();
      const id = random.bytes(ID_BYTES).toString('base64');
      open.set(id, challenge);
      return id;
    },

    find(id: string): Challenge | undefined {
      const challenge = open.get(id);
      return challenge && challenge.expiresAt > clock.now() ? challenge : undefined;
    },

    /** True for exactly one caller: the answer to a challenge works once. */
    close(id: string): boolean {
      return open.delete(id);
    },
  };
}

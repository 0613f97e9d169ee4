import { createHash } from 'node:crypto';
import type { Clock } from '../../../clock.ts';
import type { JsonObject, JsonValue } from '../../../json.ts';
import { CLOCK_SKEW_SECONDS, MAX_CACHED_TOKENS } from '../limits.ts';
import { decodeToken, hasValidSignature } from './jwt.ts';
import type { SigningKey } from './keys.ts';

/** The claims every token of a user pool has; the others by name. Frozen: they are shared between requests. */
export interface TokenClaims extends JsonObject {
  sub: string;
  iss: string;
  token_use: 'access' | 'id';
  /** Epoch seconds, as the other times. */
  exp: number;
  iat: number;
}

export type Refusal = 'malformed' | 'issuer' | 'signature' | 'claims' | 'notYetValid' | 'expired';

export type Inspection =
  | { readonly claims: TokenClaims; readonly poolId: string }
  | { readonly refusal: Exclude<Refusal, 'expired'> }
  | { readonly refusal: 'expired'; readonly claims: TokenClaims };

interface KnownPool {
  readonly poolId: string;
  readonly key: SigningKey;
}

/**
 * Checks tokens. A checked signature is remembered by the token's hash, so that a request with a known token costs one
 * hash; the times and the pool are looked at again on every call.
 */
export function createTokenVerifier({
  clock,
  poolByIssuer,
}: {
  clock: Clock;
  poolByIssuer: (issuer: string) => KnownPool | undefined;
}) {
  const checked = new Map<string, { claims: TokenClaims; key: SigningKey }>();

  function checkSignature(token: string): { claims: TokenClaims; key: SigningKey } | Exclude<Refusal, 'expired'> {
    const decoded = decodeToken(token);
    if (!decoded) return 'malformed';
    const { iss } = decoded.claims;
    const pool = typeof iss === 'string' ? poolByIssuer(iss) : undefined;
    if (!pool) return 'issuer';
    if (!hasValidSignature(decoded, pool.key)) return 'signature';
    if (!isTokenClaims(decoded.claims)) return 'claims';
    return { claims: deepFreeze(decoded.claims), key: pool.key };
  }

  function remember(id: string, entry: { claims: TokenClaims; key: SigningKey }): void {
    const oldest = checked.size >= MAX_CACHED_TOKENS ? checked.keys().next().value : undefined;
    if (oldest !== undefined) checked.delete(oldest);
    checked.set(id, entry);
  }

  return function inspect(token: string): Inspection {
    const id = createHash('sha256').update(token).digest('base64url');
    let entry = checked.get(id);
    if (!entry) {
      const result = checkSignature(token);
      if (typeof result === 'string') return { refusal: result };
      remember(id, result);
      entry = result;
    }
    const { claims, key } = entry;
    const pool = poolByIssuer(claims.iss);
    if (pool?.key.kid !== key.kid) return { refusal: 'issuer' };
    const now = Math.floor(clock.now() / 1_000);
    if (now >= claims.exp) {
      checked.delete(id);
      return { refusal: 'expired', claims };
    }
    const notBefore = Math.max(claims.iat, typeof claims['nbf'] === 'number' ? claims['nbf'] : 0);
    if (notBefore > now + CLOCK_SKEW_SECONDS) return { refusal: 'notYetValid' };
    return { claims, poolId: pool.poolId };
  };
}

function isTokenClaims(claims: JsonObject): claims is TokenClaims {
  const { sub, exp, iat, token_use: use } = claims;
  return (
    typeof sub === 'string' &&
    Number.isSafeInteger(exp) &&
    Number.isSafeInteger(iat) &&
    (use === 'id' || use === 'access') &&
    typeof claims[use === 'id' ? 'aud' : 'client_id'] === 'string'
  );
}

function deepFreeze<Value extends JsonValue>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach((member) => deepFreeze(member));
  return Object.freeze(value);
}

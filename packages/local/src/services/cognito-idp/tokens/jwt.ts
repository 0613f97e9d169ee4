import { sign, verify } from 'node:crypto';
import type { JsonObject } from '../../../json.ts';
import { MAX_TOKEN_LENGTH } from '../limits.ts';
import type { SigningKey } from './keys.ts';

/** A token whose parts were read but not believed. */
export interface DecodedToken {
  readonly header: JsonObject;
  readonly claims: JsonObject;
  readonly signed: string;
  readonly signature: Buffer;
}

export function signToken(key: SigningKey, claims: JsonObject): string {
  const signed = `${encode({ kid: key.kid, alg: 'RS256' })}.${encode(claims)}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key.privateKey).toString('base64url')}`;
}

/** Reads a compact JWS; undefined when it is none. */
export function decodeToken(token: string): DecodedToken | undefined {
  if (token.length > MAX_TOKEN_LENGTH) return undefined;
  const [header, claims, signature, ...rest] = token.split('.');
  if (!header || !claims || signature === undefined || rest.length > 0) return undefined;
  // Buffer skips what is not base64url; then one signature would be good for many spellings of a token.
  if (![header, claims, signature].every((part) => /^[\w-]*$/.test(part))) return undefined;
  const parsedHeader = decode(header);
  const parsedClaims = decode(claims);
  if (!parsedHeader || !parsedClaims) return undefined;
  return {
    header: parsedHeader,
    claims: parsedClaims,
    signed: `${header}.${claims}`,
    signature: Buffer.from(signature, 'base64url'),
  };
}

/** RS256 with this very key, whatever the header asks for. */
export function hasValidSignature({ header, signed, signature }: DecodedToken, key: SigningKey): boolean {
  if (header['alg'] !== 'RS256' || header['kid'] !== key.kid) return false;
  return verify('RSA-SHA256', Buffer.from(signed), key.publicKey, signature);
}

const encode = (value: JsonObject) => Buffer.from(JSON.stringify(value)).toString('base64url');

function decode(part: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

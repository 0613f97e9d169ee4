import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { JsonObject } from '../../../../json.ts';
import type { Random } from '../../../../random.ts';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * `nextToken`s: the last key, sealed so that clients can neither read nor forge it, and good only for the resolver or
 * function that issued it.
 */
export interface PageTokens {
  seal(owner: string, lastKey: JsonObject): string;
  /** Undefined for a token that is broken or belongs to another owner. */
  open(owner: string, token: string): JsonObject | undefined;
}

/** Tokens are good for the life of the process, across reloads of the configuration. */
export function createPageTokens(random: Random): PageTokens {
  const key = random.bytes(32);
  return {
    seal(owner, lastKey) {
      const iv = random.bytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(owner));
      const sealed = Buffer.concat([cipher.update(JSON.stringify(lastKey), 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
    },
    open(owner, token) {
      const bytes = Buffer.from(token, 'base64');
      if (bytes.length <= IV_BYTES + TAG_BYTES) return undefined;
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES))
        .setAAD(Buffer.from(owner))
        .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      try {
        const sealed = bytes.subarray(IV_BYTES + TAG_BYTES);
        return JSON.parse(decipher.update(sealed, undefined, 'utf8') + decipher.final('utf8')) as JsonObject;
      } catch {
        return undefined;
      }
    },
  };
}

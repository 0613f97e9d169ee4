import { createCipheriv, createDecipheriv } from 'node:crypto';
import { join } from 'node:path';
import type { Random } from '../random.ts';
import { DataFolderError } from './folder.ts';
import { readOrCreatePrivateFile } from './privateFile.ts';

/** Keeps secrets from lying on the disk in clear. */
export interface Sealing {
  /** `purpose` must be given again to open it, so that sealed texts cannot be exchanged for one another. */
  seal(text: string, purpose: string): Buffer;
  /** Throws `DataFolderError` when it was sealed with another key or for another purpose. */
  open(sealed: Uint8Array, purpose: string): string;
}

/** Beside `credentials` in the data folder: 64 hexadecimal digits. */
export const SEALING_KEY_FILE = 'secrets.key';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** With a key of the data folder; without a folder (null) with one that ends with the process. */
export function createSealing(folder: string | null, random: Random): Sealing {
  const newKey = (): string => random.bytes(KEY_BYTES).toString('hex');
  const path = folder === null ? null : join(folder, SEALING_KEY_FILE);
  const text = path === null ? newKey() : readOrCreatePrivateFile(path, () => `${newKey()}\n`);
  const key = Buffer.from(text.trim(), 'hex');
  if (key.length !== KEY_BYTES) throw new DataFolderError(`${path} must hold 64 hexadecimal digits.`);
  return {
    seal(clear, purpose) {
      const nonce = random.bytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose));
      return Buffer.concat([nonce, cipher.update(clear, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed, purpose) {
      const nonce = sealed.subarray(0, NONCE_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(purpose)).setAuthTag(sealed.subarray(-TAG_BYTES));
      try {
        const clear = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
        return Buffer.concat([clear, decipher.final()]).toString('utf8');
      } catch {
        throw new DataFolderError(`${path ?? 'The key in memory'} is not the key that ${purpose} was sealed with.`);
      }
    },
  };
}

import { createHash } from 'node:crypto';

export const LOWER_CASE = 'abcdefghijklmnopqrstuvwxyz234567';
export const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Makes the ids that AWS would make at `apply`. */
export type IdMaker = (address: string, length: number, alphabet?: string) => string;

/** The same address in the same data folder always has the same id, so clients need no new configuration after a restart. */
export function idMaker(salt: string): IdMaker {
  return (address, length, alphabet = LOWER_CASE) => {
    let id = '';
    for (let block = 0; id.length < length; block++) {
      for (const byte of createHash('sha256').update(`${salt}/${address}/${block}`).digest()) {
        id += alphabet[byte % alphabet.length] ?? '';
      }
    }
    return id.slice(0, length);
  };
}

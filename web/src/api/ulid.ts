const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** An idempotency key: made once for each thing that is written, however often it is sent. https://github.com/ulid/spec */
export function ulid(now = Date.now()): string {
  let time = now;
  let text = '';
  for (let digit = 0; digit < 10; digit += 1) {
    text = ALPHABET.charAt(time % 32) + text;
    time = Math.floor(time / 32);
  }
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) text += ALPHABET.charAt(byte % 32);
  return text;
}

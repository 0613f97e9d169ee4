/** What the caller gave cannot be used. The message says what to do. Commands print it as one line, and exit with 2. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}

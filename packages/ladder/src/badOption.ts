/** What was typed cannot be run; the message says what can. Commands print it and end with 2. */
export class BadOption extends Error {
  override readonly name = 'BadOption';
}

/** The name of every AWS resource: `name('hiroba-dev', 'users')` is `hiroba-dev-users`. */
export function name(prefix: string, thing: string): string {
  return `${prefix}-${thing}`;
}

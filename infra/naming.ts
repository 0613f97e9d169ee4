/** The name of every AWS resource: `name('hiroba-dev', 'users')` is `hiroba-dev-users`. */
export function name(prefix: string, thing: string): string {
  return `${prefix}-${thing}`;
}

/** A variable of a function's environment: `environmentName('fanOut', 'QUEUE_URL')` is `FAN_OUT_QUEUE_URL`. */
export function environmentName(key: string, what: string): string {
  return `${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}_${what}`;
}

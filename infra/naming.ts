const APPLICATION = 'hiroba';

/** The name of every AWS resource: `name('dev', 'users')` is `hiroba-dev-users`. */
export function name(stage: string, thing: string): string {
  return `${APPLICATION}-${stage}-${thing}`;
}

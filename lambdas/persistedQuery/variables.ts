/** More than any cursor and handle take, and less than what makes logs and cache keys long. */
export const MAX_VARIABLES_BYTES = 2_048;

/** The client has to be changed: the message says how. */
export class BadVariables extends Error {
  override readonly name = 'BadVariables';
}

export type Variables = Readonly<Record<string, unknown>>;

/**
 * The variables of `?v=`. The same variables must be the same text, since the text is part of the cache's key: an object
 * as `JSON.stringify` writes it, keys sorted at every depth, and only variables that the operation declares.
 *
 * @throws BadVariables
 */
export function readVariables(queryString: string, declared: readonly string[]): Variables {
  const given = new URLSearchParams(queryString).getAll('v');
  if (given.length > 1) throw new BadVariables('"v" is given more than once');
  const [text] = given;
  if (text === undefined) return {};
  if (Buffer.byteLength(text) > MAX_VARIABLES_BYTES)
    throw new BadVariables(`"v" is longer than ${MAX_VARIABLES_BYTES} bytes`);
  const variables = parse(text);
  const canonical = JSON.stringify(sorted(variables));
  if (Object.keys(variables).length === 0) throw new BadVariables('leave "v" out when there are no variables');
  if (text !== canonical) throw new BadVariables(`"v" must be written as ${canonical}: keys sorted, no spaces`);
  const unknown = Object.keys(variables).filter((name) => !declared.includes(name));
  if (unknown.length > 0) throw new BadVariables(`the operation has no variable ${unknown.join(', ')}`);
  return variables;
}

function parse(text: string): Variables {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadVariables('"v" is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new BadVariables('"v" must be a JSON object');
  return value as Variables;
}

/** `fromEntries` makes own properties only, also of a key that is called `__proto__`. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

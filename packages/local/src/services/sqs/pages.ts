import type { JsonObject } from '../../json.ts';
import { invalidValue } from './errors.ts';
import { MAX_LISTED } from './limits.ts';
import type { Queue } from './model.ts';
import { optionalInteger, optionalText } from './parameters.ts';

const RESULTS = { min: 1, max: MAX_LISTED, reason: `Value must be between 1 and ${MAX_LISTED}.` };

export interface Page {
  readonly page: readonly Queue[];
  readonly nextToken: string | null;
}

/** A part of queues that are sorted by name, by `MaxResults` and `NextToken`, which is the last name of the part before. */
export function pageOf(queues: readonly Queue[], input: JsonObject): Page {
  const size = optionalInteger(input, 'MaxResults', RESULTS) ?? MAX_LISTED;
  const token = optionalText(input, 'NextToken');
  const after = token === undefined ? '' : readToken(token);
  const rest = queues.filter(({ name }) => name > after);
  const page = rest.slice(0, size);
  const last = rest.length > page.length ? page.at(-1) : undefined;
  return { page, nextToken: last ? Buffer.from(last.name).toString('base64') : null };
}

function readToken(token: string): string {
  const name = Buffer.from(token, 'base64').toString();
  if (/^[A-Za-z0-9_-]{1,80}$/.test(name)) return name;
  throw invalidValue('NextToken', token, 'Invalid or expired next token.');
}

import type { JsonObject } from '../../../json.ts';
import { attributeList, userSummary } from '../attributes.ts';
import { type Cognito, requirePool } from '../context.ts';
import { invalidParameter } from '../errors.ts';
import { optionalString, readLimit, readPageToken, readStrings, requireString, writePageToken } from '../input.ts';
import type { User } from '../store/users.ts';

const BATCH = 200;

type Filter = (user: User) => boolean;

/** In the order of usernames; the token says after which one to go on. */
export function listUsers(cognito: Cognito, input: JsonObject): JsonObject {
  const pool = requirePool(cognito, requireString(input, 'UserPoolId'));
  const limit = readLimit(input, 'Limit');
  const filter = parseFilter(optionalString(input, 'Filter'));
  const wanted = readStrings(input, 'AttributesToGet');
  const found = collect(cognito, {
    poolId: pool.poolId,
    after: readPageToken(input, 'PaginationToken'),
    filter,
    count: limit + 1,
  });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    Users: shown.map((user) => describe(user, wanted)),
    ...(found.length > limit && last && { PaginationToken: writePageToken(last.username) }),
  };
}

function collect(
  cognito: Cognito,
  { poolId, after, filter, count }: { poolId: string; after: string; filter: Filter; count: number },
): readonly User[] {
  const found: User[] = [];
  let position = after;
  while (found.length < count) {
    const batch = cognito.users.page(poolId, position, BATCH);
    found.push(...batch.filter(filter));
    const last = batch.at(-1);
    if (!last || batch.length < BATCH) break;
    position = last.username;
  }
  return found.slice(0, count);
}

/** What AWS lets `Filter` look at: custom attributes cannot be searched. */
const SEARCHABLE: ReadonlyMap<string, (user: User) => string> = new Map([
  ['username', (user) => user.username],
  ['sub', (user) => user.sub],
  ['cognito:user_status', (user) => user.status],
  ['status', (user) => (user.enabled ? 'Enabled' : 'Disabled')],
  ...['email', 'phone_number', 'name', 'given_name', 'family_name', 'preferred_username'].map(
    (name): [string, (user: User) => string] => [name, (user) => user.attributes[name] ?? ''],
  ),
]);

/** One condition: `email = "a@example.com"` or `email ^= "a@"` (begins with). */
function parseFilter(text: string | undefined): Filter {
  if (text === undefined || text.trim() === '') return () => true;
  const match = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/.exec(text);
  const read = SEARCHABLE.get(match?.[1] ?? '');
  if (!match || !read) throw invalidParameter(`Error while parsing filter: ${text.slice(0, 256)}`);
  const value = (match[3] ?? '').replace(/\\(.)/g, '$1');
  return match[2] === '=' ? (user) => read(user) === value : (user) => read(user).startsWith(value);
}

function describe(user: User, wanted: readonly string[] | undefined): JsonObject {
  const attributes = attributeList(user).filter(
    (entry) => !wanted || wanted.includes(String((entry as { Name: string }).Name)),
  );
  return { ...userSummary(user), Attributes: attributes };
}

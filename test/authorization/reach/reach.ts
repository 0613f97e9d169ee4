import { readTable } from '../readTable.ts';
import { keyOfRole } from '../roles.ts';
import { declaredPlaces } from './declared.ts';
import { type Knocks, knocksAt } from './places.ts';
import type { AccessKey } from '../../support/signed.ts';

/** What a role may do, place by place; places where it may do nothing are left out. */
export type Reach = Readonly<Record<string, readonly string[]>>;

const rows = readTable('reach.md', ['role', 'at', 'may']).map(({ values: [role = '', at = '', may = ''] }) => ({
  role,
  at,
  may: may.split(' ').sort(),
}));

/** In the table a row for all of them. */
const EVERY_ROLE = 'every role';

/** Nobody's: what nothing declares. */
const NOBODYS = ['parameter url-key'];

export const places: readonly string[] = [...new Set([...rows.map(({ at }) => at), ...declaredPlaces(), ...NOBODYS])];

/** The rows that are about a table, a queue or a bucket, whatever part of it. */
export const rowsAt = (place: string): readonly { readonly role: string; readonly at: string }[] =>
  rows.filter(({ at }) => `${at} `.startsWith(`${place} `));

/** As the table says. */
export const reachOf = (role: string): Reach =>
  Object.fromEntries(
    rows.filter((row) => row.role === role || row.role === EVERY_ROLE).map(({ at, may }) => [at, may]),
  );

/** As the system answers: every action of every place, tried with the keys of the role. */
export async function tryReach(role: string): Promise<Reach> {
  const key = await keyOfRole(role);
  const reach: Record<string, readonly string[]> = {};
  for (const place of places) {
    const may = await tryPlace(key, place);
    if (may.length > 0) reach[place] = may;
  }
  return reach;
}

export async function tryPlace(key: AccessKey, place: string): Promise<readonly string[]> {
  const knocks = Object.entries(await knownKnocks(place));
  const tried = await Promise.all(knocks.map(async ([action, knock]) => ((await knock(key)) ? [action] : [])));
  return tried.flat().sort();
}

/** The names of queues, buckets and streams are asked for once, and not for every role. */
const known = new Map<string, Promise<Knocks>>();

function knownKnocks(place: string): Promise<Knocks> {
  const found = known.get(place) ?? knocksAt(place);
  known.set(place, found);
  return found;
}

import { readTable } from '../readTable.ts';
import { keyOfRole } from '../roles.ts';
import { knocksAt } from './places.ts';
import type { AccessKey } from '../../support/signed.ts';

/** What a role may do, place by place; places where it may do nothing are left out. */
export type Reach = Readonly<Record<string, readonly string[]>>;

const rows = readTable('reach.md', ['role', 'at', 'may']).map(({ values: [role = '', at = '', may = ''] }) => ({
  role,
  at,
  may: may.split(' ').sort(),
}));

/** Places where no function has work. */
const NOBODYS = [
  'table comments',
  'index users byHandlePrefix',
  'index posts byTag',
  'bucket site',
  'bucket pages',
  'bucket photos',
  'bucket uploads',
  'bucket evidence',
  'bucket warehouse',
  'parameter url-key',
];

export const places: readonly string[] = [...new Set([...rows.map(({ at }) => at), ...NOBODYS])];

/** As the table says. */
export const reachOf = (role: string): Reach =>
  Object.fromEntries(rows.filter((row) => row.role === role).map(({ at, may }) => [at, may]));

/** As the system answers: every action of every place, tried with the keys of the role. */
export async function tryReach(role: string): Promise<Reach> {
  const key = await keyOfRole(role);
  const reach: [string, readonly string[]][] = [];
  for (const place of places) {
    const may = await tryPlace(key, place);
    if (may.length > 0) reach.push([place, may]);
  }
  return Object.fromEntries(reach);
}

export async function tryPlace(key: AccessKey, place: string): Promise<readonly string[]> {
  const knocks = Object.entries(await knocksAt(place));
  const tried = await Promise.all(knocks.map(async ([action, knock]) => ((await knock(key)) ? [action] : [])));
  return tried.flat().sort();
}

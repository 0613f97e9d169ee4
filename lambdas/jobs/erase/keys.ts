import { batchGet } from '../../shared/batchGet.ts';
import { batchWrite } from '../../shared/batchWrite.ts';
import { queryPage, type PageQuery } from '../../shared/queryPage.ts';
import type { Image } from '../../shared/records.ts';
import type { Erased } from './eraser.ts';

/** Items of a page: what BatchWriteItem takes at a time. */
export const PAGE = 25;

export type Key = Readonly<Record<string, string>>;

/** The attributes of that name, which are a key's. */
export function keyOf(item: Image, ...names: readonly string[]): Key {
  return Object.fromEntries(names.map((name) => [name, String(item[name])]));
}

export async function deleteItems(table: string, keys: readonly Key[]): Promise<void> {
  await batchWrite(
    table,
    keys.map((Key) => ({ DeleteRequest: { Key } })),
  );
}

/** Deletes a page of a partition of the table itself. */
export async function erasePartition(
  query: Pick<PageQuery, 'table' | 'partition' | 'position'>,
  ...names: readonly string[]
): Promise<Erased> {
  const { items, next } = await queryPage({ ...query, limit: PAGE });
  await deleteItems(
    query.table,
    items.map((item) => keyOf(item, ...names)),
  );
  return { found: items.length, next };
}

/** What an index lists, as the table has it now. */
export async function itemsBehind(
  query: Omit<PageQuery, 'limit'> & { readonly index: string },
  ...names: readonly string[]
): Promise<{ readonly items: readonly Image[]; readonly next: string | null }> {
  const { items: keys, next } = await queryPage({ ...query, limit: PAGE });
  const items = await batchGet(
    query.table,
    keys.map((item) => keyOf(item, ...names)),
  );
  return { items, next };
}

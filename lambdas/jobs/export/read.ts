import { batchGet } from '../../shared/batchGet.ts';
import { queryPage, type PageQuery } from '../../shared/queryPage.ts';
import type { Image } from '../../shared/records.ts';

/** What BatchGetItem reads at a time. */
export const PAGE = 100;

export interface LivePage {
  readonly items: readonly Image[];
  /** Where the next page begins; null: there is none. */
  readonly next: string | null;
}

/** A page of what an index lists, without what its owner or a moderator has deleted, by the last part of the key. */
export async function livePage(
  query: Omit<PageQuery, 'limit'> & { readonly index: string; readonly limit?: number },
  ...names: readonly [string, ...string[]]
): Promise<LivePage> {
  const { items: listed, next } = await queryPage({ limit: PAGE, ...query });
  const keys = listed.map((item) => Object.fromEntries(names.map((name) => [name, String(item[name])])));
  const items = await batchGet(query.table, keys);
  return { items: items.filter(isLive).toSorted(by(names)), next };
}

function isLive({ deletedAt, removedAt }: Image): boolean {
  return deletedAt === undefined && removedAt === undefined;
}

/** BatchGetItem answers in no order; ids rise with time. */
function by(names: readonly string[]): (a: Image, b: Image) => number {
  const idOf = (item: Image): string => names.map((name) => String(item[name])).join();
  return (a, b) => (idOf(a) < idOf(b) ? -1 : 1);
}

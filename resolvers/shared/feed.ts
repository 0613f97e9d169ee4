import type { Page } from './page.ts';

/**
 * Post ids of many lists, nearest to the cursor first, each once, one more than the page holds if there is more. Ids
 * sort by time, so the cursor is sorted in among them and found again: that takes no loop over the ids, of which there
 * may be 10,000, while a loop may run 1,000 times.
 */
export function mergeNewestFirst(page: Page, lists: string[][]): string[] {
  let ids: string[] = page.cursor === null ? [] : [page.cursor];
  for (const list of lists) {
    ids = ids.concat(list);
  }
  ids.sort();
  const nearest = page.forward ? olderThan(ids, page) : newerThan(ids, page);
  return nearest.filter((id, index) => id !== nearest[index - 1]).slice(0, page.size + 1);
}

/** An id is in at most two lists: its author's and the viewer's timeline. */
function reach(page: Page): number {
  return 2 * (page.size + 1);
}

function olderThan(ids: string[], page: Page): string[] {
  const end = page.cursor === null ? ids.length : ids.indexOf(page.cursor);
  return ids.slice(end < reach(page) ? 0 : end - reach(page), end).reverse();
}

function newerThan(ids: string[], page: Page): string[] {
  const start = page.cursor === null ? 0 : ids.lastIndexOf(page.cursor) + 1;
  return ids.slice(start, start + reach(page));
}

import { mayBeArchived, monthOf, type Bundle } from './archive.ts';
import type { PostItem } from './items.ts';
import type { Entry, Page, Slice } from './page.ts';
import { isUlid } from './ulid.ts';
import { distinct } from './visibility.ts';

/** What is known so far of an author's posts on one side of a cursor: those of the table, and those of some bundles. */
export type AuthorsPosts = {
  /** Ids from the table, nearest to the cursor first, one more than the page holds if there are more. */
  hot: string[];
  /** Months in the archive that are not read yet, nearest first. */
  months: string[];
  /** From the bundles read so far, as many as may be on the page. */
  archived: PostItem[];
  /** Where the next page begins, should this one be empty. */
  resume: string | null;
};

/** Whether a page of the table alone may leave something out. */
export function reachesArchive(page: Page, hot: string[]): boolean {
  if (!page.forward) {
    return page.cursor === null || mayBeArchived(page.cursor);
  }
  const last = hot[hot.length - 1];
  return last === undefined || hot.length <= page.size || mayBeArchived(last);
}

/** Those of the months that may have posts on the cursor's side, nearest first. */
export function monthsFrom(page: Page, months: string[]): string[] {
  const rising = [...months].sort();
  const bound = page.cursor !== null && isUlid(page.cursor) ? monthOf(page.cursor) : null;
  if (!page.forward) {
    return bound === null ? rising : rising.filter((month) => month >= bound);
  }
  const falling = rising.reverse();
  return bound === null ? falling : falling.filter((month) => month <= bound);
}

/** The bundle of the first of `months`. */
export function withBundle(page: Page, known: AuthorsPosts, bundle: Bundle | null): AuthorsPosts {
  const rising = (bundle?.posts ?? []).filter((post) => isBeyond(page, post.postId));
  const nearest = page.forward ? rising.reverse() : rising;
  return {
    ...known,
    months: known.months.slice(1),
    archived: [...known.archived, ...nearest.slice(0, page.size + 1)],
    resume: bundle === null ? known.resume : page.forward ? bundle.start : bundle.end,
  };
}

/**
 * The page as far as it is known. Posts of the table may be as old as those of a bundle, so only what is nearer than the next
 * month that is not read yet is in its place, and nothing beyond the last post that the table told of.
 */
export function sliceOfAuthor(page: Page, known: AuthorsPosts): Slice {
  const { hot, months, archived } = known;
  const unread = months[0];
  const lastHot = hot.length > page.size ? hot[hot.length - 1] : undefined;
  const ids = distinct([...hot, ...archived.map((post) => post.postId)]).sort();
  const certain = (page.forward ? ids.reverse() : ids).filter((id) => {
    const beforeUnread = unread === undefined || (page.forward ? monthOf(id) > unread : monthOf(id) < unread);
    return beforeUnread && (lastHot === undefined || (page.forward ? id >= lastHot : id <= lastHot));
  });
  const nearest: Entry[] = certain.slice(0, page.size).map((id) => ({ sortKey: id, id, at: '' }));
  return {
    entries: page.forward ? nearest : nearest.reverse(),
    hasMore: certain.length > page.size || unread !== undefined,
    resume: known.resume,
  };
}

/** Whether more bundles would change the page. */
export function isComplete(page: Page, known: AuthorsPosts): boolean {
  return known.months.length === 0 || sliceOfAuthor(page, known).entries.length === page.size;
}

function isBeyond(page: Page, id: string): boolean {
  return page.cursor === null || (page.forward ? id < page.cursor : id > page.cursor);
}

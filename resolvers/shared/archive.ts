import { util } from '@aws-appsync/utils';
import type { ArchiveNoteItem, PostItem } from './items.ts';
import { HOT_DAYS } from './limits.ts';
import { objectOf } from './http.ts';
import { isUlid, ulidTime } from './ulid.ts';

/** An author's month as it lies in the bucket, written by lambdas/archive. */
export type Bundle = {
  /** Every post of the month has an id from `start` on and below `end`. */
  start: string;
  end: string;
  /** Oldest first, at most 500. */
  posts: PostItem[];
};

const HOT_MS = HOT_DAYS * 24 * 60 * 60 * 1_000;

/** Whether a post is old enough to have left the table. Younger ones are not looked for in the archive. */
export function mayBeArchived(postId: string): boolean {
  return isUlid(postId) && ulidTime(postId) < util.time.nowEpochMilliSeconds() - HOT_MS;
}

/** `202608` */
export function monthOf(postId: string): string {
  const iso = util.time.epochMilliSecondsToISO8601(ulidTime(postId));
  return `${iso.slice(0, 4)}${iso.slice(5, 7)}`;
}

export function bundleKey(authorId: string, month: string): string {
  return `${authorId}/${month}.json`;
}

export function noteKey(postId: string): { postId: string; item: 'ARCHIVE' } {
  return { postId, item: 'ARCHIVE' };
}

/** The note of a post that is in the archive alone and was not deleted there. */
export function isLiveNote(note: ArchiveNoteItem | null | undefined): boolean {
  return !!note && note.deletedAt === undefined && note.removedAt === undefined;
}

/**
 * Whether the table leaves it to the archive to say what became of a post: it is not there, or only still there. One that
 * was deleted stays as a tombstone, and that is the last word.
 */
export function isLeftToArchive(post: PostItem | null | undefined): boolean {
  if (!post) {
    return true;
  }
  const isDeleted = post.deletedAt !== undefined || post.removedAt !== undefined;
  return !isDeleted && post.expiresAt !== undefined && post.expiresAt <= util.time.nowEpochSeconds();
}

type HttpContext = { result: unknown; error?: { message: string; type: string } };

/** Null: there is no such bundle. */
export function bundleOf(ctx: HttpContext): Bundle | null {
  const answer = objectOf(ctx);
  return answer === null ? null : (JSON.parse(answer.body) as Bundle);
}

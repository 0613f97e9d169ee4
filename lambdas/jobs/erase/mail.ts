import { batchGet } from '../../shared/batchGet.ts';
import { readerKey } from '../../shared/digestReaders.ts';
import { required } from '../../shared/environment.ts';
import type { Eraser } from './eraser.ts';
import { deleteItems, keyOf } from './keys.ts';

/** As `lambdas/mail` marks that a mail was sent. */
export function mailMark(occasion: string, userId: string): string {
  return `MAIL#${occasion}#${userId}`;
}

const DAY_MILLISECONDS = 24 * 60 * 60 * 1_000;
/** Marks expire after 60 days, and days of the member's begin before those of UTC. */
const DAYS = 62;

/**
 * The place in the list of who wants digests, and the marks of mails whose names can be told: the welcome, and digests, which
 * have their days. Those of exports go with their jobs, those of announcements expire 60 days after their mail.
 */
export const eraseMail: Eraser = async ({ userId }) => {
  const occasions = ['welcome', ...recentDays().map((day) => `digest-${day}`)];
  const marks = occasions.map((occasion) => ({ operationId: mailMark(occasion, userId) }));
  const found = await batchGet(required('OPS_TABLE'), [readerKey(userId), ...marks]);
  await deleteItems(
    required('OPS_TABLE'),
    found.map((item) => keyOf(item, 'operationId')),
  );
  return { found: found.length, next: null };
};

function recentDays(): string[] {
  const tomorrow = Date.now() + DAY_MILLISECONDS;
  return Array.from({ length: DAYS }, (_, ago) =>
    new Date(tomorrow - ago * DAY_MILLISECONDS).toISOString().slice(0, 10),
  );
}

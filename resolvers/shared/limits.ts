/** The contract's bounds. The descriptions in schema/ state the same numbers. */
export const MAX_PAGE_SIZE = 50;
export const DEFAULT_PAGE_SIZE = 20;
export const MAX_NODES = 50;

export const MAX_POST_BYTES = 1_000;
export const MAX_POST_PHOTOS = 4;
export const MAX_POST_HASHTAGS = 10;
export const MAX_COMMENT_BYTES = 500;
export const MAX_DISPLAY_NAME_BYTES = 100;
export const MAX_BIO_BYTES = 500;
export const MAX_NOTE_BYTES = 1_000;

export const MAX_ALT_TEXT_BYTES = 500;
export const MAX_UPLOAD_BYTES = 10_485_760;
export const MAX_EVIDENCE_FILES = 10;

export const MAX_HANDLE_CHARACTERS = 30;
export const MAX_HASHTAG_CHARACTERS = 50;

export const IDEMPOTENCY_WINDOW_MS = 5 * 60 * 1_000;

/** Posts that are younger are in the table; older ones may be in the archive. infra/functions.ts has the same number. */
export const HOT_DAYS = 90;

/** One BatchGetItem reads 100 digests: those of the followed celebrities and the viewer's own. */
export const MAX_MERGED_CELEBRITIES = 99;
export const MAX_MUTES = 100;
/** Unread notifications are counted up to here. */
export const MAX_UNREAD_COUNT = 100;

/** What is not READY by then is dropped. */
export const UPLOAD_SECONDS = 24 * 60 * 60;

/** Deleted and removed items stay, without their text, as long as an idempotency key could bring them back, and longer. */
export const TOMBSTONE_SECONDS = 7 * 24 * 60 * 60;

export const MAX_ANNOUNCEMENT_BYTES = 1_000;
/** Kept for whoever asks what was sent, and when. */
export const ANNOUNCEMENT_SECONDS = 180 * 24 * 60 * 60;

/** Jobs stay in their list so long, and in the audit trail. */
export const JOB_SECONDS = 180 * 24 * 60 * 60;
/** From one export to the next. */
export const EXPORT_INTERVAL_MS = 24 * 60 * 60 * 1_000;
/** The bucket `exports` forgets objects after as many days. */
export const ARCHIVE_MS = 7 * 24 * 60 * 60 * 1_000;

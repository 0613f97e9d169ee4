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

export const MAX_HANDLE_CHARACTERS = 30;
export const MAX_HASHTAG_CHARACTERS = 50;

export const IDEMPOTENCY_WINDOW_MS = 5 * 60 * 1_000;

/** One BatchGetItem reads 100 digests: those of the followed people and the viewer's own. */
export const MAX_MERGED_FOLLOWEES = 99;
export const MAX_MUTES = 100;
/** Unread notifications are counted up to here. */
export const MAX_UNREAD_COUNT = 100;

/** Deleted and removed items stay, without their text, as long as an idempotency key could bring them back, and longer. */
export const TOMBSTONE_SECONDS = 7 * 24 * 60 * 60;

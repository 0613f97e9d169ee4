/** Numbers from "Quotas in Amazon DynamoDB" (developerguide/ServiceQuotas and Limits), in bytes unless named otherwise. */
export const MAX_ITEM_BYTES = 400 * 1024;
export const MAX_PAGE_BYTES = 1024 * 1024;
export const MAX_BATCH_BYTES = 16 * 1024 * 1024;
export const MAX_TRANSACTION_BYTES = 4 * 1024 * 1024;
export const MAX_PARTITION_KEY_BYTES = 2048;
export const MAX_SORT_KEY_BYTES = 1024;
export const MAX_BATCH_GET_KEYS = 100;
export const MAX_BATCH_WRITE_REQUESTS = 25;
export const MAX_TRANSACTION_ITEMS = 100;
export const MAX_NESTING_LEVELS = 32;
export const MAX_EXPRESSION_BYTES = 4096;
export const MAX_EXPRESSION_OPERATORS = 300;
export const MAX_IN_OPERANDS = 100;
export const MAX_NUMBER_DIGITS = 38;
/** A number's magnitude lies between 1E-130 and 9.99...E+125. */
export const MAX_NUMBER_EXPONENT = 125;
export const MIN_NUMBER_EXPONENT = -130;
export const MAX_SCAN_SEGMENTS = 1_000_000;
export const MAX_INDEXES = 20;
export const READ_UNIT_BYTES = 4096;
export const WRITE_UNIT_BYTES = 1024;
export const STREAM_RETENTION_MILLISECONDS = 24 * 60 * 60 * 1000;
export const REQUEST_TOKEN_MILLISECONDS = 10 * 60 * 1000;
/** TTL ignores an item that expired longer ago (developerguide/time-to-live-ttl-before-you-start). */
export const MAX_EXPIRED_SECONDS = 5 * 365 * 24 * 60 * 60;

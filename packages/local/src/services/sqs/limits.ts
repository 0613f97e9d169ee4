/** Numbers from "Amazon SQS message quotas" and the API reference, in the unit that the name says. */
export const MAX_MESSAGE_BYTES = 1_048_576;
/** Since August 2025 a batch may be as large as a message. */
export const MAX_BATCH_BYTES = 1_048_576;
export const MIN_MAXIMUM_MESSAGE_BYTES = 1_024;
export const MAX_BATCH_ENTRIES = 10;
export const MAX_BATCH_ENTRY_ID_CHARACTERS = 80;
export const MAX_RECEIVED_MESSAGES = 10;
export const MAX_MESSAGE_ATTRIBUTES = 10;
export const MAX_ATTRIBUTE_NAME_CHARACTERS = 256;
export const MAX_WAIT_SECONDS = 20;
export const MAX_VISIBILITY_SECONDS = 43_200;
export const MAX_DELAY_SECONDS = 900;
export const MIN_RETENTION_SECONDS = 60;
export const MAX_RETENTION_SECONDS = 1_209_600;
export const MAX_RECEIVE_COUNT = 1_000;
export const MAX_REDRIVE_SOURCES = 10;
export const MAX_LISTED = 1_000;
export const PURGE_PAUSE_SECONDS = 60;
export const MAX_MOVES_PER_SECOND = 500;
export const MAX_LISTED_MOVE_TASKS = 10;

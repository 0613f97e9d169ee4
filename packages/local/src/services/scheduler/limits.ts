/** EventBridge Scheduler API reference, "CreateSchedule", "RetryPolicy", "FlexibleTimeWindow", and the quotas page. */

export const MAX_EXPRESSION_CHARACTERS = 256;
export const MAX_INPUT_BYTES = 262_144;
export const MAX_WINDOW_MINUTES = 1_440;

export const MIN_EVENT_AGE_SECONDS = 60;
export const MAX_EVENT_AGE_SECONDS = 86_400;
export const MAX_RETRY_ATTEMPTS = 185;

/** "60 second precision" (User Guide, "Schedule types"): what would run later than this has missed its time. */
export const PRECISION_MILLISECONDS = 60_000;

/** AWS says "exponential backoff" and no figures; with this limit 185 attempts take a day. */
export const FIRST_RETRY_DELAY_MILLISECONDS = 1_000;
export const LONGEST_RETRY_DELAY_MILLISECONDS = 480_000;

export const DEFAULT_PAGE_SIZE = 100;

/** Lambda quotas (Developer Guide, "Lambda quotas"). */

export const MAX_SYNCHRONOUS_REQUEST_BYTES = 6_291_456;
/** The response may carry 100 bytes more, which AWS uses for its envelope. */
export const MAX_SYNCHRONOUS_RESPONSE_BYTES = 6_291_556;
export const MAX_ASYNCHRONOUS_REQUEST_BYTES = 1_048_576;

export const MAX_TIMEOUT_SECONDS = 900;
export const MIN_MEMORY_MEGABYTES = 128;
export const MAX_MEMORY_MEGABYTES = 10_240;
export const MAX_UNZIPPED_BYTES = 262_144_000;
export const MAX_ENVIRONMENT_BYTES = 4_096;

/** Module code must be loaded in this time; AWS gives it apart from the function's own timeout. */
export const INIT_TIMEOUT_SECONDS = 10;

/**
 * Workers of a function without reserved concurrency. AWS allows a thousand; a worker takes some 40 MB of a laptop, so
 * further calls wait for a free one instead of being throttled.
 */
export const DEFAULT_CONCURRENCY = 10;

/** What `LogType: Tail` returns of the log. */
export const LOG_TAIL_BYTES = 4_096;

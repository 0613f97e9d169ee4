/** Numbers of Amazon Cognito user pools, from the developer guide (quotas, lockout, code expiry) and the API reference. */

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const SIGN_UP_CODE_LIFE = DAY;
export const FORGOT_PASSWORD_CODE_LIFE = HOUR;
export const ATTRIBUTE_CODE_LIFE = DAY;
/** As long as the sign-in that waits for it. */
export const AUTHENTICATION_CODE_LIFE = 3 * MINUTE;

/** Failed sign-ins before the first lockout of one second, which then doubles with each further failure. */
export const FREE_PASSWORD_FAILURES = 5;
export const MAX_LOCKOUT = 15 * MINUTE;

/** AWS says 5 to 20 an hour, by risk; the local pool takes the strict end. */
export const CODE_GUESSES_PER_HOUR = 5;
export const CODE_SENDS_PER_HOUR = 5;

export const DEFAULT_AUTH_SESSION_SECONDS = 180;
export const DEFAULT_TOKEN_SECONDS = 3_600;
export const DEFAULT_REFRESH_TOKEN_SECONDS = 30 * 24 * 3_600;

export const MAX_USERNAME_LENGTH = 128;
export const MAX_PASSWORD_LENGTH = 256;
export const MAX_CODE_LENGTH = 2_048;
export const MAX_DEVICE_NAME_LENGTH = 131_072;
export const MAX_ATTRIBUTE_VALUE_LENGTH = 2_048;
export const MAX_LIST_LIMIT = 60;
export const MAX_TOKEN_LENGTH = 16_384;

/** Open challenges kept in memory; beyond, the oldest is dropped and its sign-in starts again. */
export const MAX_OPEN_CHALLENGES = 10_000;
export const MAX_CACHED_TOKENS = 10_000;

/** A token from further in the future than this was not made by this pool's clock. */
export const CLOCK_SKEW_SECONDS = 60;

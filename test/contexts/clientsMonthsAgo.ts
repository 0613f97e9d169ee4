import { monthsAgo } from './monthsAgo.ts';

/**
 * Set up in the processes of the tests: the ids that they make agree with the system's clock. `new Date()` stays, for
 * requests are signed as of today.
 */
Date.now = monthsAgo.now;

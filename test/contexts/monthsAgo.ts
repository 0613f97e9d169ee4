/**
 * The time while contexts are recorded: four months ago, longer than anything in the application waits. So no time in a
 * context is near the time at which it is evaluated, and the outcome is the same on any later day.
 */
const AGO_MS = 120 * 86_400_000;

const today = Date.now.bind(Date);

/** For the system that is recorded. */
export const monthsAgo = { now: () => today() - AGO_MS };

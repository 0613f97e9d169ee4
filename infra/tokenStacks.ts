/**
 * Runs a synthesis in which cdktf's tokens do not remember where they were made. cdktf asks V8 for a full stack for each of
 * thousands of tokens, also with `stackTraces: false`, and shows them nowhere: a quarter of the time of a synthesis. Errors keep
 * their stacks.
 */
export function withoutTokenStacks(synthesize: () => void): void {
  const { captureStackTrace } = Error;
  Error.captureStackTrace = () => undefined;
  try {
    synthesize();
  } finally {
    Error.captureStackTrace = captureStackTrace;
  }
}

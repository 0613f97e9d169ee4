/** AppSync's limit on a request, milliseconds. https://docs.aws.amazon.com/general/latest/gr/appsync.html */
export const REQUEST_LIMIT_MS = 30_000;

/** The time ran out before a data source answered. */
export class ExecutionTimeout extends Error {
  constructor() {
    super('Execution timed out.');
    this.name = 'ExecutionTimeout';
  }
}

/** The end of a request's time. */
export interface Deadline {
  /** `work`, or a rejection with `ExecutionTimeout` when the request's time ends first. */
  within<T>(work: Promise<T>): Promise<T>;
  /** No more work will come. */
  done(): void;
}

/** The clock starts with the first work that takes time: requests answered at once need no timer. */
export function createDeadline(milliseconds: number = REQUEST_LIMIT_MS): Deadline {
  let timer: NodeJS.Timeout | undefined;
  let rejectExpired: ((reason: ExecutionTimeout) => void) | undefined;
  let expired: Promise<never> | undefined;

  return {
    within(work) {
      if (expired === undefined) {
        expired = new Promise((_resolve, reject) => {
          rejectExpired = reject;
        });
        expired.catch(() => undefined);
        timer = setTimeout(() => rejectExpired?.(new ExecutionTimeout()), milliseconds);
        timer.unref();
      }
      return Promise.race([work, expired]);
    },
    done() {
      clearTimeout(timer);
    },
  };
}

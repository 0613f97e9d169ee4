/** A value now or later. Most fields are known at once; promises cost too much to make one for each. */
export type MaybePromise<T> = T | Promise<T>;

export function isPromise(value: unknown): value is Promise<unknown> {
  return value instanceof Promise;
}

/** `next(value)`, at once when the value is there. */
export function chain<T, R>(value: MaybePromise<T>, next: (value: T) => MaybePromise<R>): MaybePromise<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** `body()`, with what it throws or rejects with given to `recover`. */
export function attempt<T>(body: () => MaybePromise<T>, recover: (error: unknown) => T): MaybePromise<T> {
  try {
    const value = body();
    return value instanceof Promise ? value.catch(recover) : value;
  } catch (error) {
    return recover(error);
  }
}

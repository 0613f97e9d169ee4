/** Requests of one invocation that are under way at a time. */
const MAX_CONCURRENT = 10;

/** Runs `act` for each, some at a time. It must not throw. */
export async function forEach<T>(items: Iterable<T>, act: (item: T) => Promise<void>): Promise<void> {
  const queue = items[Symbol.iterator]();
  const run = async (): Promise<void> => {
    for (let next = queue.next(); !next.done; next = queue.next()) await act(next.value);
  };
  await Promise.all(Array.from({ length: MAX_CONCURRENT }, run));
}

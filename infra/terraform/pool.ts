/** Runs the jobs, at most `size` at a time, in order of their start. A job tells of its own failure; none may throw. */
export async function inPool(size: number, jobs: readonly (() => Promise<void>)[]): Promise<void> {
  const waiting = [...jobs];
  const worker = async (): Promise<void> => {
    for (let job = waiting.shift(); job; job = waiting.shift()) await job();
  };
  await Promise.all(Array.from({ length: size }, worker));
}

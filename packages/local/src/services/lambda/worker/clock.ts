/**
 * Makes `Date` show the local system's time in this worker. Each call of what is returned tells what it is now (epoch
 * milliseconds); from there it goes on as fast as the machine's, also where the local clock stands still, so that a loop that
 * waits for a time ends.
 */
export function followLocalTime(): (now: number) => void {
  const machineNow = Date.now.bind(Date);
  const prototype = Date.prototype;
  let offset = 0;
  const now = (): number => machineNow() + offset;
  const LocalDate = new Proxy(Date, {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as Date,
    apply: (target) => new target(now()).toString(),
  });
  LocalDate.now = now;
  prototype.constructor = LocalDate;
  globalThis.Date = LocalDate;
  return (time) => {
    offset = time - machineNow();
  };
}

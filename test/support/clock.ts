import { control } from './aws.ts';

/** The local time, epoch milliseconds. */
export async function now(): Promise<number> {
  const { Time } = await control('clock');
  return Date.parse(String(Time));
}

/** Moves the clock to a time through everything that is due until then, and waits until all of it is done. */
export async function travelTo(time: number): Promise<void> {
  let { State, Problem } = await control('travel', { To: new Date(time).toISOString() });
  while (State === 'MOVING') ({ State, Problem } = await control('travel'));
  if (State !== 'ARRIVED')
    throw new Error(`the clock did not get to ${new Date(time).toISOString()}: ${String(Problem)}`);
}

/** The next time, in UTC, at which a clock shows that hour. */
export async function next(hour: number): Promise<number> {
  const day = 24 * 60 * 60 * 1_000;
  const at = (await now()) - ((await now()) % day) + hour * 60 * 60 * 1_000;
  return at > (await now()) ? at : at + day;
}

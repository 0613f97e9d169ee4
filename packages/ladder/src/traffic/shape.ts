/** How the load goes up and down: what the average is multiplied with, by the second of the run. */
export type Shape = (second: number) => number;

export const steady: Shape = () => 1;

/**
 * A weekday of people in one time zone: quiet at night, busy from nine to six. Its mean over a day is 1. The run begins at `from`,
 * an hour of the day.
 */
export function businessHours(from: number): Shape {
  return (second) => {
    const hour = (from + second / 3_600) % 24;
    return (HOURS[Math.floor(hour)] ?? 0) / MEAN;
  };
}

/** What people do in an hour of a weekday, compared with the night's quietest; nine is three times eight. */
const HOURS: readonly number[] = [
  0.3, 0.2, 0.2, 0.2, 0.2, 0.3, 0.5, 0.6, 0.7, 2.1, 2.2, 2.2, 2.1, 2.2, 2.1, 2.0, 2.0, 1.8, 1.2, 1.0, 0.9, 0.7, 0.5,
  0.4,
];
const MEAN = HOURS.reduce((sum, hour) => sum + hour, 0) / HOURS.length;

/** That many times the average, all the time. */
export const times =
  (factor: number): Shape =>
  () =>
    factor;

/** Nothing but the average until a second, and that many times it from then on. */
export const jump =
  (at: number, factor: number): Shape =>
  (second) =>
    second < at ? 1 : factor;

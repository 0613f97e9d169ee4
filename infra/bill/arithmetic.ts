/**
 * The arithmetic of the load that the system is built for: ten million users who write a thousand million times a month and
 * read a hundred times as often.
 */
export const load = {
  users: 10_000_000,
  readsPerUser: 10_000,
  writesPerUser: 100,
  bytesPerWrite: 1_000,
} as const;

/** A month for a first estimate, in which one request a second is 2.5 million a month. */
export const ROUND_MONTH_SECONDS = 2_500_000;
/** 30 days, as availability is counted. */
export const MONTH_SECONDS = 2_592_000;
/** What AWS's own examples take for a month. */
export const MONTH_HOURS = 730;
export const YEARS = 3;

export const perMonth = (perSecond: number, monthSeconds = ROUND_MONTH_SECONDS): number => perSecond * monthSeconds;
export const perSecond = (perMonth: number, monthSeconds = ROUND_MONTH_SECONDS): number => perMonth / monthSeconds;

export interface Capacity {
  readonly writesPerMonth: number;
  readonly readsPerMonth: number;
  readonly readsPerWrite: number;
  readonly writesPerSecond: number;
  readonly readsPerSecond: number;
  readonly bytesPerMonth: number;
  readonly bytesInThreeYears: number;
}

export function capacityOf(users: number = load.users, monthSeconds = ROUND_MONTH_SECONDS): Capacity {
  const writesPerMonth = users * load.writesPerUser;
  const readsPerMonth = users * load.readsPerUser;
  const bytesPerMonth = writesPerMonth * load.bytesPerWrite;
  return {
    writesPerMonth,
    readsPerMonth,
    readsPerWrite: readsPerMonth / writesPerMonth,
    writesPerSecond: perSecond(writesPerMonth, monthSeconds),
    readsPerSecond: perSecond(readsPerMonth, monthSeconds),
    bytesPerMonth,
    bytesInThreeYears: bytesPerMonth * 12 * YEARS,
  };
}

/** The arithmetic as lines to read. */
export function capacityLines(users: number = load.users): string[] {
  const round = capacityOf(users);
  const exact = capacityOf(users, MONTH_SECONDS);
  const count = (value: number): string => Math.round(value).toLocaleString('en-US');
  const terabytes = (bytes: number): string => `${Number((bytes / 1e12).toPrecision(3))} TB`;
  return [
    `users                     ${count(users)}`,
    `writes a month            ${count(round.writesPerMonth)}`,
    `reads a month             ${count(round.readsPerMonth)} (${round.readsPerWrite} for each write)`,
    `seconds a month           ${count(ROUND_MONTH_SECONDS)} to estimate, ${count(MONTH_SECONDS)} in 30 days`,
    `1 request/s               ${count(perMonth(1))} a month`,
    `40 requests/s             ${count(perMonth(40))} a month`,
    `400 requests/s            ${count(perMonth(400))} a month`,
    `writes/s                  ${count(round.writesPerSecond)} (${count(exact.writesPerSecond)} over 30 days)`,
    `reads/s                   ${count(round.readsPerSecond)} (${count(exact.readsPerSecond)} over 30 days)`,
    `new content a month       ${terabytes(round.bytesPerMonth)} at ${count(load.bytesPerWrite)} bytes a write`,
    `new content in ${YEARS} years    ${terabytes(round.bytesInThreeYears)}`,
  ];
}

import { agreements, type Service } from './agreements.ts';

/** 30 days. */
export const MONTH_SECONDS = 2_592_000;
const YEAR_SECONDS = 365 * 86_400;

/** Seconds of a month that an availability in percent leaves room for. */
export const downtimeSeconds = (percent: number): number => rounded(((100 - percent) / 100) * MONTH_SECONDS);

export const downtimeMinutes = (percent: number): number => rounded(downtimeSeconds(percent) / 60);

export const downtimeHoursPerYear = (percent: number): number =>
  rounded((((100 - percent) / 100) * YEAR_SECONDS) / 3_600);

/** Percent of the time that all of them are up, each failing for itself; a service that stands twice counts twice. */
export function inSeries(services: readonly Service[]): number {
  return services.reduce((product, service) => product * (agreements[service].percent / 100), 1) * 100;
}

/** Percent of the time that one of so many is up. */
export const anyOf = (percent: number, count: number): number => (1 - (1 - percent / 100) ** count) * 100;

/** Binary fractions leave a trace in the fifteenth digit. */
function rounded(value: number): number {
  return Number(value.toPrecision(10));
}

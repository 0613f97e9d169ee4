import { textTable } from '../../../../infra/bill/format.ts';
import type { Outcome } from '../simulate/simulate.ts';

const count = (value: number): string => Math.round(value).toLocaleString('en-US');

/** What is closest to its limit, for a terminal. */
export function resourceTable({ resources }: Outcome, rows = 12): string {
  return textTable(
    ['', 'worst second', 'limit', 'of it', 'refused', 'first at'],
    resources
      .slice(0, rows)
      .map(({ resource, worst, throttledSeconds, firstThrottled }) => [
        worst.note === '' ? resource : `${resource} (${worst.note})`,
        count(worst.used),
        count(worst.limit),
        `${Math.round((100 * worst.used) / worst.limit)} %`,
        throttledSeconds === 0 ? '' : `${count(throttledSeconds)} s`,
        firstThrottled === null ? '' : `${firstThrottled} s`,
      ]),
  );
}

export function trafficLine(
  { operations, itemReads, writes, cacheHits, cacheMisses }: Outcome,
  seconds: number,
): string {
  const asked = cacheHits + cacheMisses;
  const cache =
    asked === 0 ? 'no cache' : `the cache answered ${Math.round((100 * cacheHits) / asked)} % of what it may`;
  return `${count(itemReads / seconds)} item reads and ${count(writes / seconds)} writes a second in ${count(operations / seconds)} operations; ${cache}`;
}

import { type RungName, rungNames, rungs } from '../rungs.ts';
import { type Bill, billOf, byService } from './bill.ts';
import { dollars } from './format.ts';
import { services } from './line.ts';
import type { Measured } from './measured.ts';
import type { Region } from './prices.ts';
import type { Reading } from './traffic.ts';

/** The bills of all rungs, each at the most users that it is for. */
export interface Ladder {
  readonly region: Region;
  readonly reading: Reading | null;
  readonly bills: Readonly<Record<RungName, Bill>>;
}

export async function ladderOf(region: Region, reading: Reading | null, measured: Measured): Promise<Ladder> {
  const bills: Partial<Record<RungName, Bill>> = {};
  for (const rung of rungNames) bills[rung] = await billOf({ rung, users: rungs[rung].to, region, reading }, measured);
  return { region, reading, bills: bills as Record<RungName, Bill> };
}

/** A row for each service that costs anything at any rung, and the sums. */
export function ladderRows({ bills }: Ladder): readonly (readonly string[])[] {
  const sums = rungNames.map((rung) => byService(bills[rung]));
  const rows = services
    .filter((service) => sums.some((sum) => sum[service] > 0))
    .map((service) => [service, ...sums.map((sum) => dollars(sum[service]))]);
  return [...rows, ['total', ...rungNames.map((rung) => dollars(bills[rung].usd))]];
}

export const ladderHead: readonly string[] = ['', ...rungNames.map((rung) => rungs[rung].title)];

export const usersRow: readonly string[] = [
  'monthly users',
  ...rungNames.map((rung) => rungs[rung].to.toLocaleString('en-US')),
];

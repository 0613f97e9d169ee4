import type { RungName } from '../config.ts';
import { terraformGraph } from '../diagram/terraformGraph.ts';
import { synthesizeTarget } from '../targets.ts';
import { fixedUsages } from './fixed.ts';
import { type Line, linesOf, type ServiceLine, services, totalOf } from './line.ts';
import type { Measured } from './measured.ts';
import type { Region } from './prices.ts';
import { flowsOf, type Reading } from './traffic.ts';
import { loadUsages } from './usage.ts';

export interface BillInput {
  readonly rung: RungName;
  readonly users: number;
  readonly region: Region;
  /** Null: nobody comes. */
  readonly reading: Reading | null;
}

export interface Bill extends BillInput {
  readonly lines: readonly Line[];
  readonly usd: number;
}

/** The month's bill of prod at a rung. */
export async function billOf(input: BillInput, measured: Measured): Promise<Bill> {
  const { rung, users, region, reading } = input;
  const { stacks } = await synthesizeTarget({ stage: 'prod', rung });
  const graph = terraformGraph(stacks);
  const used = reading === null ? [] : loadUsages(graph, flowsOf(users, reading, measured), users);
  const lines = linesOf([...fixedUsages(graph), ...used], region);
  return { ...input, lines, usd: totalOf(lines) };
}

/** Dollars by service, in the order of `services`; services without a line are zero. */
export function byService({ lines }: Pick<Bill, 'lines'>): Readonly<Record<ServiceLine, number>> {
  const sums = services.map((service) => [service, totalOf(lines.filter((line) => line.service === service))]);
  return Object.fromEntries(sums) as Record<ServiceLine, number>;
}

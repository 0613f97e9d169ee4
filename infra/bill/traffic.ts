import manifest from '../../schema/operations/manifest.json' with { type: 'json' };
import { load } from './arithmetic.ts';
import { assumptions, mix } from './assumptions.ts';
import type { Measured, Sample } from './measured.ts';

/** What one of the "100G reads" is: an item of a page of 20, or an operation that reads one item. */
export type Reading = 'page' | 'literal';

/** Operations of a kind in a month. */
export interface Flow {
  readonly name: string;
  readonly perMonth: number;
  readonly sample: Sample;
  /** Answered by the CDN where it has a path for them. */
  readonly public: boolean;
}

const publicNames = new Set(
  Object.values(manifest)
    .filter((operation) => operation.public)
    .map(({ name }) => name),
);

/** What that many users do in a month. */
export function flowsOf(
  users: number,
  reading: Reading,
  { operations }: Pick<Measured, 'operations'>,
): readonly Flow[] {
  const reads = users * load.readsPerUser;
  const readOperations = reading === 'page' ? reads / assumptions.itemsPerPage.value : reads;
  const size = reading === 'page' ? 'page' : 'one';
  const flows = (shares: Readonly<Record<string, number>>, total: number): Flow[] =>
    Object.entries(shares).map(([name, percent]) => {
      const measured = operations[name];
      if (!measured) throw new Error(`${name} is in the mix and was not measured`);
      return { name, perMonth: (total * percent) / 100, sample: measured[size], public: publicNames.has(name) };
    });
  return [...flows(mix.reads, readOperations), ...flows(mix.writes, users * load.writesPerUser)];
}

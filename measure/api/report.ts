import { percentile } from '../jobs/row.ts';
import type { Measured, Turn } from './compare.ts';
import type { Contender } from './field.ts';

const TITLES: Readonly<Record<Contender['name'], string>> = {
  hiroba: 'Hiroba',
  yoga: 'yoga + dynalite',
  memory: 'graphql-js in memory',
};

/** The table, and below it how Hiroba compares with what it is meant to reach. */
export function report(measured: readonly Measured[]): {
  readonly lines: readonly string[];
  readonly reached: boolean;
} {
  const rows = measured.flatMap(({ operation, turns }) =>
    [...turns].map(([name, all]) => {
      const latencies = all.flatMap((turn) => turn.latencies);
      const times = [0.5, 0.95, 0.99].map((share) => percentile(latencies, share).toFixed(1).padStart(9));
      const speed = medianOf(all.map(({ perSecond }) => perSecond)).toFixed(0);
      const used = medianOf(all.map(({ processorTime }) => processorTime)).toFixed(2);
      return `${operation.name.padEnd(20)}${TITLES[name].padEnd(22)}${speed.padStart(10)}${times.join('')}${used.padStart(10)}`;
    }),
  );
  const aims = measured.flatMap(({ operation, turns }) =>
    (['yoga', 'memory'] as const).flatMap((other) => {
      const aim = operation.atLeast[other];
      if (aim === undefined) return [];
      const [own, its] = [turns.get('hiroba'), turns.get(other)];
      const ratio = ratioOf(own, its, (turn) => turn.perSecond);
      return [{ name: operation.name, other, aim, ratio, thrift: ratioOf(its, own, (turn) => turn.processorTime) }];
    }),
  );
  return {
    lines: [
      `${'operation'.padEnd(42)}${'requests/s'.padStart(10)}${['p50 ms', 'p95 ms', 'p99 ms'].map((title) => title.padStart(9)).join('')}${'CPU ms'.padStart(10)}`,
      ...rows,
      '',
      `${'Hiroba compared with'.padEnd(42)}${'ratio'.padStart(10)}${'aim'.padStart(9)}${'by CPU'.padStart(9)}`,
      ...aims.map(({ name, other, aim, ratio, thrift }) => {
        const title = `${name.padEnd(20)}${TITLES[other].padEnd(22)}`;
        const numbers = [ratio.toFixed(2).padStart(10), aim.toFixed(2).padStart(9), thrift.toFixed(2).padStart(9)].join(
          '',
        );
        return `${title}${numbers}  ${ratio >= aim ? 'reached' : 'missed'}`;
      }),
    ],
    reached: aims.every(({ aim, ratio }) => ratio >= aim),
  };
}

/** Of what was measured in the same turn, which met the same noise. */
function ratioOf(
  own: readonly Turn[] | undefined,
  others: readonly Turn[] | undefined,
  of: (turn: Turn) => number,
): number {
  return medianOf(
    (own ?? []).map((turn, index) => {
      const other = others?.[index];
      return other ? of(turn) / of(other) : Number.NaN;
    }),
  );
}

const medianOf = (values: readonly number[]): number => percentile(values, 0.5);

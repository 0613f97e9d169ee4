import { percentile } from '../jobs/row.ts';
import type { Measured } from './compare.ts';
import type { Contender } from './field.ts';
import type { Round } from './load/round.ts';

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
  const rows = measured.flatMap(({ operation, rounds }) =>
    [...rounds].map(([name, all]) => {
      const latencies = all.flatMap((round) => round.latencies);
      const times = [0.5, 0.95, 0.99].map((share) => percentile(latencies, share).toFixed(1).padStart(9));
      const speed = medianOf(all.map(({ perSecond }) => perSecond)).toFixed(0);
      return `${operation.name.padEnd(20)}${TITLES[name].padEnd(22)}${speed.padStart(10)}${times.join('')}`;
    }),
  );
  const aims = measured.flatMap(({ operation, rounds }) =>
    (['yoga', 'memory'] as const).flatMap((other) => {
      const aim = operation.atLeast[other];
      if (aim === undefined) return [];
      return [{ name: operation.name, other, aim, ratio: ratioOf(rounds.get('hiroba'), rounds.get(other)) }];
    }),
  );
  return {
    lines: [
      `${'operation'.padEnd(42)}${'requests/s'.padStart(10)}${['p50 ms', 'p95 ms', 'p99 ms'].map((title) => title.padStart(9)).join('')}`,
      ...rows,
      '',
      `${'Hiroba compared with'.padEnd(42)}${'ratio'.padStart(10)}${'aim'.padStart(9)}`,
      ...aims.map(({ name, other, aim, ratio }) => {
        const title = `${name.padEnd(20)}${TITLES[other].padEnd(22)}`;
        return `${title}${ratio.toFixed(2).padStart(10)}${aim.toFixed(2).padStart(9)}  ${ratio >= aim ? 'reached' : 'missed'}`;
      }),
    ],
    reached: aims.every(({ aim, ratio }) => ratio >= aim),
  };
}

/** Of what was measured in the same turn, which met the same noise. */
function ratioOf(own: readonly Round[] = [], others: readonly Round[] = []): number {
  return medianOf(own.map(({ perSecond }, turn) => perSecond / (others[turn]?.perSecond ?? Number.NaN)));
}

const medianOf = (values: readonly number[]): number => percentile(values, 0.5);

import { dollars } from '../../../../infra/bill/format.ts';
import { type Bars, stacked } from '../charts/barChart.ts';
import type { Step } from './climb.ts';

/** `docs/ladder.svg`: how far each rung carries, what it costs beside servers, and how long a read takes. */
export function ladderChart(steps: readonly Step[]): string {
  const used = ({ bottleneck, closest }: Step) => bottleneck ?? closest;
  const capacity: Bars = {
    title: 'Of what is closest to its limit, used in the morning at the full size of the rung (dashed: all of it)',
    legend: ['used'],
    scale: { kind: 'linear', least: 0, most: 3.2 },
    limit: 1,
    rows: steps.map((step) => {
      const { resource, worst } = used(step);
      const share = worst.used / worst.limit;
      const note = step.bottleneck ? ', refused' : share > 1 ? ', from what was saved' : '';
      return {
        name: step.rung.title,
        bars: [{ value: share, label: `${Math.round(share * 100)} %  ${resource}${note}` }],
      };
    }),
  };
  const bill: Bars = {
    title: 'Dollars a month for answering and keeping, each step ten times the last',
    legend: ['AppSync, DynamoDB and Lambda', 'the same load on servers and MySQL'],
    scale: { kind: 'log', least: 1, most: 1e6 },
    rows: steps.map(({ rung, price }) => ({
      name: rung.title,
      bars: [price.answering, price.servers.usd].map((value) => ({ value, label: `$${dollars(value)}` })),
    })),
  };
  const latency: Bars = {
    title: 'Milliseconds of a read, in the mean of the mix and of the slowest operation',
    legend: ['in the mean', 'the slowest'],
    scale: { kind: 'linear', least: 0, most: 100 },
    rows: steps.map(({ rung, latency: { mean, slowest } }) => ({
      name: rung.title,
      bars: [
        { value: mean, label: mean.toFixed(0) },
        { value: slowest.milliseconds, label: `${slowest.milliseconds.toFixed(0)}  ${slowest.operation}` },
      ],
    })),
  };
  return stacked('The ladder: capacity, bill and latency of each rung', [capacity, bill, latency]);
}

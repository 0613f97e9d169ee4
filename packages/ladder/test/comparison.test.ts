import { describe, expect, test } from 'vitest';
import { barRows } from '../src/charts/barChart.ts';
import { lineChart } from '../src/charts/lineChart.ts';
import { latencyAt } from '../src/latency/latency.ts';
import { serversAt } from '../src/servers/servers.ts';

describe('servers and MySQL', () => {
  const partsAt = (...args: Parameters<typeof serversAt>): (readonly [string, number])[] =>
    serversAt(...args).parts.map(({ what, count }) => [what, count]);

  test('begin with one box, $30.37 a month and its disk', () => {
    expect(partsAt('users', 1_000)).toEqual([
      ['one box with the web server and MySQL', 1],
      ['GB of disks', 4],
    ]);
    // 0.0416 * 730, and 3.36 GB at 0.08.
    expect(serversAt('users', 1_000).usd).toBeCloseTo(30.368 + 0.2688, 6);
  });

  test('are as many as the morning of ten million needs, and cost the same when nobody comes', () => {
    const { usd, idle } = serversAt('users+++++', 10_000_000);
    expect(partsAt('users+++++', 10_000_000)).toEqual([
      ['load balancer', 1],
      ['its capacity units', 278],
      ['web server', 47],
      ['cache node', 2],
      ['MySQL master', 1],
      ['one that takes over', 1],
      ['GB of disks', 67_200],
    ]);
    expect(idle).toBe(usd);
  });

  test('have shards when one master does not take all writes', () => {
    // 2,315 writes a second in the morning of twenty million.
    expect(partsAt('users+++++', 20_000_000)).toContainEqual(['MySQL master', 2]);
  });
});

test('a read takes what its steps take: at the lowest rung 15 ms and 5 for each of the eleven of a profile', async () => {
  const { slowest, mean } = await latencyAt('users', 0);
  expect(slowest).toMatchObject({ operation: 'Profile', steps: 11, milliseconds: 70 });
  expect(mean).toBeGreaterThan(30);
  // Half of them from the edge, at 20 ms.
  expect((await latencyAt('users', 0.5)).mean).toBeCloseTo(mean / 2 + 10, 9);
}, 30_000);

describe('a chart', () => {
  test('of lines has a point for each value, and text that is no markup', () => {
    const svg = lineChart({
      title: 'a < b',
      unit: 'units',
      step: 's',
      series: [{ name: '"x"', values: [0, 5, 10] }],
    });
    expect(svg).toContain('aria-label="a &lt; b"');
    expect(svg).toContain('<title>&quot;x&quot;</title>');
    expect(/points="([^"]+)"/.exec(svg)?.[1]).toBe('64.0,188.0 406.0,114.0 748.0,40.0');
  });

  test('of bars on a scale of powers has the same step for each ten times', () => {
    const widths = [1, 10, 100, 1_000].map((value) => {
      const { parts } = barRows(
        {
          title: 't',
          legend: ['l'],
          scale: { kind: 'log', least: 1, most: 1_000 },
          rows: [{ name: 'r', bars: [{ value, label: '' }] }],
        },
        0,
      );
      return Number(/<rect [^>]*width="([\d.]+)"/.exec(parts.join(''))?.[1]);
    });
    expect(widths).toEqual([0, 156.7, 313.3, 470]);
  });
});

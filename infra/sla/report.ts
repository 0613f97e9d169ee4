import { markdownTable } from '../bill/format.ts';
import { type Agreement, agreements } from './agreements.ts';
import { anyOf, downtimeMinutes, downtimeSeconds, inSeries } from './availability.ts';
import type { Composed } from './composition.ts';

const percentOf = (percent: number): string => `${percent.toFixed(3)} %`;

export const rowsOf = (all: readonly Composed[]): readonly (readonly string[])[] =>
  all.map(({ name, kind, services, uses, percent, minutes }) => [
    name,
    kind,
    services.join(', '),
    uses.join(', '),
    percentOf(percent),
    minutes.toFixed(1),
  ]);

export const head: readonly string[] = ['', 'kind', 'services', 'data', 'available', 'minutes a month'];

const QUICK_REFERENCE = [99.5, 99.9, 99.95, 99.99];

/** `docs/sla.md`. */
export function report(all: readonly Composed[]): string {
  const table: Readonly<Record<string, Agreement>> = agreements;
  const pair = inSeries(['AppSync', 'DynamoDB']);
  const global = (agreements.AppSync.percent * agreements.DynamoDB.globalPercent) / 100;
  const twice = anyOf(global, 2);
  const byFunction = inSeries(['AppSync', 'Lambda', 'DynamoDB']);
  return `${[
    '<!-- Written by `npm run sla -- --write`. Do not edit. -->',
    '# How available it can be',
    'What the service level agreements of AWS add up to when everything that a request passes must be up, read from the synthesized Terraform of prod at the highest rung. **They are promises with credits behind them, and upper bounds**: mistakes of our own come on top, and AWS is usually better. A month has 2,592,000 seconds.',
    '## Operations and paths, the least available first',
    markdownTable([...head], rowsOf(all), 4),
    'Not counted: KMS and IAM, whose answers DynamoDB and AppSync keep for minutes; WAF, whose agreement was not checked; Cognito, except for signing in, since AppSync keeps the keys that tokens are verified with.',
    '## What would change it',
    markdownTable(
      ['', 'available', 'minutes a month'],
      [
        ['AppSync and DynamoDB', percentOf(pair), downtimeMinutes(pair).toFixed(1)],
        ['the same with global tables', percentOf(global), downtimeMinutes(global).toFixed(1)],
        ['the same through a Lambda resolver', percentOf(byFunction), downtimeMinutes(byFunction).toFixed(1)],
        [
          'AppSync and global tables, in either of two Regions',
          `${twice.toFixed(5)} %`,
          downtimeMinutes(twice).toFixed(2),
        ],
        ['one EC2 instance', percentOf(agreements.EC2.percent), downtimeMinutes(agreements.EC2.percent).toFixed(1)],
      ],
    ),
    'Resolvers ask DynamoDB without a function between: 25.9 minutes against 47.5.',
    '## The agreements',
    markdownTable(
      ['service', 'a month', 'several Regions', ''],
      Object.entries(table).map(([service, { percent, globalPercent, unverified }]) => [
        service,
        `${percent} %`,
        globalPercent === undefined ? '' : `${globalPercent} %`,
        unverified ? 'not verified' : '',
      ]),
    ),
    '## Percent as time',
    markdownTable(
      ['available', 'seconds a month', 'minutes a month'],
      QUICK_REFERENCE.map((percent) => [
        `${percent} %`,
        String(downtimeSeconds(percent)),
        String(downtimeMinutes(percent)),
      ]),
    ),
  ].join('\n\n')}\n`;
}

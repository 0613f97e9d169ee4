import { rungNames, rungs } from '../rungs.ts';
import { capacityLines } from './arithmetic.ts';
import { assumptions, mix } from './assumptions.ts';
import type { Bill } from './bill.ts';
import { earlierEstimates } from './earlierEstimate.ts';
import { count, dollars, markdownTable } from './format.ts';
import { type Ladder, ladderHead, ladderRows, usersRow } from './ladder.ts';
import type { Measured, Sample } from './measured.ts';
import { costOf, type Price, type PriceName, prices, regions, sources } from './prices.ts';
import { publicationsIn } from './usage.ts';

export interface ReportInput {
  readonly measured: Measured;
  readonly idle: Ladder;
  readonly page: Ladder;
  readonly literal: Ladder;
  /** The other Region. */
  readonly tokyoPage: Ladder;
  readonly tokyoLiteral: Ladder;
}

/** `docs/bill.md`. */
export function report({ measured, idle, page, literal, tokyoPage, tokyoLiteral }: ReportInput): string {
  return `${[
    '<!-- Written by `npm run bill -- --write`. Do not edit. -->',
    '# What it costs',
    'US dollars a month for stage prod, priced from the synthesized Terraform. Each person reads 10,000 items and writes 100 a month, a kilobyte each. What an operation uses is measured on the local system ([decision 0015](decisions/0015-measured-units.md)); prices, sources and assumptions are below. **None of it was billed by AWS.**',
    `## Under load, pages of ${assumptions.itemsPerPage.value}, us-east-1`,
    markdownTable(ladderHead, [usersRow, ...ladderRows(page)]),
    '![The same as a chart: one bar per rung](bill.svg)',
    '## The two readings, and Tokyo',
    'A "read" is an item of a page of 20, or an operation of its own that reads one item.',
    markdownTable(ladderHead, [
      ['us-east-1, pages', ...sumsOf(page)],
      ['us-east-1, literal', ...sumsOf(literal)],
      ['ap-northeast-1, pages', ...sumsOf(tokyoPage)],
      ['ap-northeast-1, literal', ...sumsOf(tokyoLiteral)],
    ]),
    '## Traffic with and without the CDN',
    'The bytes that CloudFront delivers, and what they would cost from the Region. Large amounts cost about the same; what the CDN saves are requests, which AppSync would answer at four times the price.',
    markdownTable(
      ['', 'GB', 'by CloudFront', 'from the Region'],
      rungNames.map((rung) => [rungs[rung].title, ...trafficOf(page.bills[rung])]),
    ),
    '## When nobody comes',
    'The lowest rung has nothing that costs by the hour (a test says so): its bill is its alarms. Allowances that are free for ever are taken off, for an account that has nothing else in it.',
    markdownTable(ladderHead, ladderRows(idle)),
    idleTable(idle),
    '## Against the first estimate',
    'Each rung was estimated before there was Terraform to price or a system to measure.',
    markdownTable(
      ['', 'estimate, pages', 'bill', 'estimate, literal', 'bill'],
      rungNames.map((rung) => {
        const estimate = earlierEstimates[rung];
        const [byPage, byRead] = [page.bills[rung].usd, literal.bills[rung].usd];
        return [rungs[rung].title, ...[estimate.page, byPage, estimate.literal, byRead].map(dollars)];
      }),
    ),
    'What is more than a fifth away from it, and why:',
    rungNames
      .flatMap((rung) => {
        const { difference } = earlierEstimates[rung];
        return difference === undefined ? [] : [`- ${rungs[rung].title}: ${difference}`];
      })
      .join('\n'),
    '## What an operation uses',
    'Measured: request units of DynamoDB with everything that stream handlers did afterwards, runs of resolvers, invocations of functions, events published, bytes of the answer. One operation at a time: under load, handlers merge what a batch holds.',
    operationTable(measured),
    '## The mix',
    mix.reason,
    markdownTable(
      ['of 100 reading operations', '%'],
      Object.entries(mix.reads).map(([name, percent]) => [name, String(percent)]),
    ),
    markdownTable(
      ['of 100 writing operations', '%'],
      Object.entries(mix.writes).map(([name, percent]) => [name, String(percent)]),
    ),
    '## Assumptions',
    'Numbers that nothing here tells. They are in `infra/bill/assumptions.ts`.',
    markdownTable(
      ['name', 'value', 'unit', 'reason'],
      Object.entries(assumptions).map(([name, { value, unit, reason }]) => [name, count(value), unit, reason]),
      4,
    ),
    'Not counted, because it is small or not there yet: requests to KMS, SNS and SQS, logs of the CDN in S3, mail, photos, a second Region, support, tax.',
    '## Prices',
    'Rows with **parameter** are from memory: check them before relying on a line that they are in.',
    priceTable(),
    Object.entries(sources)
      .map(([name, { text, grade }]) => `- \`${name}\` (${grade}): ${text}`)
      .join('\n'),
    '## The arithmetic of the load',
    `\`\`\`text\n${capacityLines().join('\n')}\n\`\`\``,
  ].join('\n\n')}\n`;
}

const sumsOf = ({ bills }: Ladder): string[] => rungNames.map((rung) => dollars(bills[rung].usd));

function trafficOf({ lines, region }: Bill): string[] {
  const amountOf = (name: PriceName): number =>
    lines.filter(({ price }) => price === name).reduce((sum, { amount }) => sum + amount, 0);
  const [delivered, direct] = [amountOf('cdnOut'), amountOf('dataOut')];
  const otherwise = costOf('dataOut', region, direct + delivered) - costOf('dataOut', region, direct);
  return [count(Math.round(delivered)), dollars(costOf('cdnOut', region, delivered)), dollars(otherwise)];
}

/** What costs something at rest, by what it is; a column per rung. */
function idleTable({ bills }: Ladder): string {
  const names = [...new Set(rungNames.flatMap((rung) => bills[rung].lines.map(({ what }) => groupOf(what))))];
  const sum = ({ lines }: Bill, name: string): number =>
    lines.filter(({ what }) => groupOf(what) === name).reduce((total, { usd }) => total + usd, 0);
  return markdownTable(
    ladderHead,
    names.map((name) => [name, ...rungNames.map((rung) => dollars(sum(bills[rung], name)))]),
  );
}

/** Tables and keys of a kind in one row. */
export const groupOf = (what: string): string =>
  what.replace(/^(least capacity|contributor insights) of .*/, '$1 of tables');

function operationTable({ operations }: Measured): string {
  const units = ({ units: rows }: Sample, kind: 'reads' | 'writes'): string =>
    count(rows.reduce((total, row) => total + row[kind], 0));
  const total = (counts: Readonly<Record<string, number>>): string =>
    count(Object.values(counts).reduce((all, each) => all + each, 0));
  return markdownTable(
    [
      'operation',
      'reads, page',
      'reads, one',
      'writes',
      'resolvers, page',
      'invocations',
      'events',
      'bytes, page',
      'bytes, one',
    ],
    Object.entries(operations).map(([name, { page, one }]) => [
      name,
      units(page, 'reads'),
      units(one, 'reads'),
      units(page, 'writes'),
      total(page.resolvers),
      total(page.invocations),
      count(publicationsIn({ sample: page })),
      count(page.responseBytes),
      count(one.responseBytes),
    ]),
  );
}

/** Prices that fall with the amount are shown by their first tier that is not free. */
function priceTable(): string {
  const rows = Object.entries(prices).map(([name, price]: [string, Price]) => [
    name,
    price.unit,
    ...regions.map((region) => {
      const { tiers } = price.amounts[region];
      const shown = tiers.find(({ usd }) => usd > 0)?.usd ?? 0;
      return `${shown}${tiers.length > 1 ? ' and less' : ''}`;
    }),
    price.free === undefined ? '' : count(price.free),
    ...regions.map((region) => {
      const { source, laterTiers } = price.amounts[region];
      return [source, ...(laterTiers ? [laterTiers] : [])].map(graded).join(', then ');
    }),
  ]);
  return markdownTable(
    ['price', 'per', ...regions, 'free a month', ...regions.map((region) => `source, ${region}`)],
    rows,
    2,
  );
}

const graded = (source: keyof typeof sources): string =>
  sources[source].grade === 'parameter' ? `**parameter** (${source})` : source;

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { isRung, type RungName, rungNames, rungs } from '../rungs.ts';
import { capacityLines, load } from './arithmetic.ts';
import { billOf, byService } from './bill.ts';
import { documents } from './documents.ts';
import { count, dollars, textTable } from './format.ts';
import { ladderHead, ladderOf, ladderRows, usersRow } from './ladder.ts';
import { services } from './line.ts';
import { readMeasured } from './measured.ts';
import { isParameter, type Price, type PriceName, prices, type Region, regions } from './prices.ts';
import type { Reading } from './traffic.ts';

const USAGE = `Usage: npm run bill -- [flags]

Prices the Terraform of prod, us-east-1, in US dollars a month. Without flags: all rungs side by side.

  --users N        monthly users; the rung is the one for so many
  --rung NAME      ${rungNames.join(', ')}
  --region NAME    ${regions.join(' or ')}
  --reading NAME   page: an operation reads a page of 20 (default); literal: each read is an operation
  --idle           what costs when nobody comes
  --capacity       the arithmetic of the load
  --write          writes docs/bill.md and docs/bill.svg`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      users: { type: 'string' },
      rung: { type: 'string' },
      region: { type: 'string', default: 'us-east-1' },
      reading: { type: 'string', default: 'page' },
      idle: { type: 'boolean', default: false },
      capacity: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return console.log(USAGE);
  const region = oneOf('region', values.region, regions);
  const reading = oneOf('reading', values.reading, ['page', 'literal'] as const);
  const users = values.users === undefined ? undefined : readUsers(values.users);
  if (values.capacity) return console.log(capacityLines(users ?? load.users).join('\n'));
  if (values.write) return write();
  if (values.rung === undefined && users === undefined) return printLadder(region, values.idle ? null : reading);
  const rung = values.rung === undefined ? rungFor(users ?? 1) : readRung(values.rung);
  await printBill({ rung, region, reading: values.idle ? null : reading, users: users ?? rungs[rung].to });
}

async function printLadder(region: Region, reading: Reading | null): Promise<void> {
  const ladder = await ladderOf(region, reading, readMeasured());
  console.log(`${region}, ${reading === null ? 'nobody comes' : `reading: ${reading}`}, US dollars a month\n`);
  console.log(textTable(ladderHead, [usersRow, ...ladderRows(ladder)]));
  printParameters(region, Object.keys(prices) as PriceName[]);
}

async function printBill(input: {
  rung: RungName;
  users: number;
  region: Region;
  reading: Reading | null;
}): Promise<void> {
  const bill = await billOf(input, readMeasured());
  const { rung, users, region, reading } = input;
  const load = reading === null ? 'nobody comes' : `${count(users)} users, reading: ${reading}`;
  console.log(`${rungs[rung].title}, ${region}, ${load}, US dollars a month\n`);
  const lines = bill.lines.toSorted(
    (a, b) => services.indexOf(a.service) - services.indexOf(b.service) || b.usd - a.usd,
  );
  console.log(
    textTable(
      ['', 'amount', 'USD', ''],
      lines.map(({ service, what, amount, price, usd, parameter }) => [
        `${service}: ${what}`,
        `${count(amount)} x ${prices[price].unit}`,
        dollars(usd),
        parameter ? '*' : '',
      ]),
    ),
  );
  const sums = Object.entries(byService(bill)).filter(([, usd]) => usd > 0);
  console.log(
    `\n${textTable(['', 'USD'], [...sums.map(([service, usd]) => [service, dollars(usd)]), ['total', dollars(bill.usd)]])}`,
  );
  printParameters(region, [...new Set(lines.map(({ price }) => price))]);
}

/** The prices that nobody checked, marked with a star above. */
function printParameters(region: Region, used: readonly PriceName[]): void {
  const unverified = used.filter((name) => isParameter(name, region));
  const all: Readonly<Record<string, Price>> = prices;
  console.log(
    `\n* prices from memory, not verified: ${unverified.map((name) => `${name} (${all[name]?.unit})`).join(', ')}`,
  );
  console.log('Assumptions are in infra/bill/assumptions.ts; docs/bill.md explains all of it.');
}

async function write(): Promise<void> {
  for (const [path, text] of await documents((markdown) => format(markdown, { parser: 'markdown' }))) {
    writeFileSync(new URL(`../../${path}`, import.meta.url), text);
    console.log(`wrote ${path}`);
  }
}

function rungFor(users: number): RungName {
  return rungNames.find((name) => users <= rungs[name].to) ?? 'users+++++';
}

function readRung(value: string): RungName {
  if (!isRung(value)) throw new Error(`--rung must be one of ${rungNames.join(', ')}, not "${value}".`);
  return value;
}

function readUsers(value: string): number {
  const users = Number(value.replaceAll('_', ''));
  if (!Number.isInteger(users) || users < 1) throw new Error(`--users must be a whole number from 1, not "${value}".`);
  return users;
}

function oneOf<T extends string>(flag: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new Error(`--${flag} must be ${allowed.join(' or ')}, not "${value}".`);
  return found;
}

main().catch((error: unknown) => {
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});

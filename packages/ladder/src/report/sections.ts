import type { LoadReport } from '../load/load.ts';
import { value } from '../constants.ts';

/** A part of the report, for a terminal and for a page. The first column is text, the others are numbers. */
export interface Section {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What is to be known about it. */
  readonly note?: string;
}

const count = (number: number): string => Math.round(number).toLocaleString('en-US');
const fine = (number: number): string =>
  number.toLocaleString('en-US', { maximumFractionDigits: number < 10 ? 2 : number < 100 ? 1 : 0 });
const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** What the run was, in lines. */
export function summaryLines(report: LoadReport): readonly string[] {
  const { options, tally, took, processor, skipped } = report;
  const { latency, count: answers, failed } = tally.all;
  return [
    `${options.pattern}: ${report.story}`,
    `${report.endpoint}${options.running ? '' : `, the Terraform of prod at ${options.rung}${options.throttle ? ', throttled' : ''}`}; ${count(report.people)} people, ${count(report.posts)} posts`,
    `${count(answers)} operations in ${took.toFixed(1)} s, ${fine(answers / took)} a second: ${count(report.itemReads)} item reads and ${fine(report.writes)} writes a second`,
    `latency p50 ${fine(latency.p50)} ms, p95 ${fine(latency.p95)} ms, p99 ${fine(latency.p99)} ms, longest ${fine(latency.max)} ms; ${failed === 0 ? 'no errors' : `${count(failed)} failed (${percent(failed / answers)})`}`,
    `processors: ${processor.system === null ? '' : `the system ${percent(processor.system)} of one, `}the load ${percent(processor.load)} of one`,
    ...(skipped > 0 ? [`${count(skipped)} not sent: there was nothing yet that they could be about`] : []),
    `traffic ${report.traffic.slice(0, 16)}, seed "${options.seed}"`,
  ];
}

export function sectionsOf(report: LoadReport): readonly Section[] {
  return [
    operations(report),
    ...(report.tally.errors.length > 0 ? [errors(report)] : []),
    ...(report.used ? [stores(report), hotKeys(report), calls(report)] : []),
    ...report.operations.map(profile),
    ...(report.cpu ? cpu(report.cpu, report.tally.all.count) : []),
  ];
}

function operations({ tally }: LoadReport): Section {
  return {
    title: 'Operations',
    head: ['', 'count', 'failed', 'p50 ms', 'p95 ms', 'p99 ms', 'longest'],
    rows: [...tally.operations, tally.all].map(({ operation, count: many, failed, latency }) => [
      operation,
      count(many),
      failed === 0 ? '' : count(failed),
      fine(latency.p50),
      fine(latency.p95),
      fine(latency.p99),
      fine(latency.max),
    ]),
  };
}

function errors({ tally }: LoadReport): Section {
  return {
    title: 'Errors',
    head: ['operation', 'count', 'code'],
    rows: tally.errors.map(({ operation, code, count: many }) => [operation, count(many), code]),
  };
}

function stores({ used, took }: LoadReport): Section {
  return {
    title: 'Units',
    head: ['', 'read units', 'a second', 'write units', 'a second'],
    rows: Object.entries(used?.stores ?? {}).map(([store, { reads, writes }]) => [
      store,
      count(reads),
      fine(reads / took),
      count(writes),
      fine(writes / took),
    ]),
    note: 'Counted at every call of the run, with those of streams and queues that came of it.',
  };
}

function hotKeys({ used, ranks }: LoadReport): Section {
  return {
    title: 'Hot keys',
    head: ['partition key', 'units in its worst second', 'of what one partition gives', 'in all'],
    rows: (used?.hottest ?? []).map(({ store, key, direction, most, total }) => [
      `${store} ${keyName(key, ranks)} (${direction})`,
      count(most),
      percent(most / value(direction === 'reads' ? 'partitionReads' : 'partitionWrites')),
      count(total),
    ]),
  };
}

function calls({ used, took }: LoadReport): Section {
  const rows = [
    ...Object.entries(used?.resolvers ?? {}).map(([field, many]) => [`resolver ${field}`, many] as const),
    ...Object.entries(used?.invocations ?? {}).map(([name, many]) => [`function ${name}`, many] as const),
    ...Object.entries(used?.refused ?? {}).map(([code, many]) => [`DynamoDB refused: ${code}`, many] as const),
  ];
  return {
    title: 'Calls',
    head: ['', 'count', 'a second'],
    rows: rows.map(([name, many]) => [name, count(many), fine(many / took)]),
  };
}

function profile({ operation, traced, milliseconds, resolvers }: LoadReport['operations'][number]): Section {
  return {
    title: `Where the time of ${operation} goes`,
    head: ['', 'runs', 'cached', 'handlers ms', 'data source ms', 'read units', 'write units'],
    rows: resolvers.map(({ field, runs, cached, handlers, calls: called, readUnits, writeUnits }) => [
      field,
      fine(runs),
      cached === 0 ? '' : fine(cached),
      fine(handlers),
      fine(called),
      readUnits === 0 ? '' : fine(readUnits),
      writeUnits === 0 ? '' : fine(writeUnits),
    ]),
    note: `${count(traced)} traced, ${fine(milliseconds)} ms each in the mean. Runs at the same time add up.`,
  };
}

const MOST_ROWS = 18;

function cpu({ places, functions, busy }: NonNullable<LoadReport['cpu']>, operations: number): readonly Section[] {
  const rows = (times: ReadonlyMap<string, number>): Section['rows'] =>
    [...times]
      .sort(([, a], [, b]) => b - a)
      .slice(0, MOST_ROWS)
      .map(([name, time]) => [name, `${((100 * time) / busy).toFixed(1)} %`, fine(time / operations)]);
  const head = ['', 'of it', 'µs an operation'];
  return [
    {
      title: 'Where the processor spends its time',
      head,
      rows: rows(places),
      note: "The system's main thread; workers, which run functions, are not in it.",
    },
    { title: 'The same by function', head, rows: rows(functions) },
  ];
}

/** Ids say nothing; ranks do. */
function keyName(key: string, ranks: readonly string[]): string {
  const id = /[0-9A-HJKMNP-TV-Z]{26}/.exec(key)?.[0];
  if (id === undefined) return key;
  const rank = ranks.findIndex((global) => Buffer.from(global, 'base64url').toString().includes(id));
  return rank < 0 ? key : `${key.replace(id, '')}post no. ${rank + 1}`;
}

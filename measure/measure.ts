import { getOperationAST, parse, stripIgnoredCharacters } from 'graphql';
import { readFileSync } from 'node:fs';
import type { ObservedCall } from '@hiroba/local';
import {
  type Measured,
  measuredCode,
  type MeasuredOperation,
  measuredTarget,
  type Sample,
  type UnitRow,
} from '../infra/bill/measured.ts';
import { synthesizeTarget } from '../infra/targets.ts';
import manifest from '../schema/operations/manifest.json' with { type: 'json' };
import { type RunOfOperation, runs } from './operations.ts';
import { subscribe } from './subscribe.ts';
import { directionOf, unitsOfCall } from './unitsOfCall.ts';
import { type Answer, openWorld, type World } from './world.ts';

const PAGE = 20;

/** Runs each persisted operation once in a small world and tells what it used. The same every time. */
export async function measure(): Promise<Measured> {
  const target = await synthesizeTarget(measuredTarget);
  const world = await openWorld(target);
  try {
    const prefix = `${target.config.namePrefix}-`;
    const operations: Record<string, MeasuredOperation> = {};
    for (const [name, run] of Object.entries(runs))
      operations[name] = await measureOperation(world, { name, run, prefix });
    return { code: measuredCode(target, Object.keys(manifest)), operations };
  } finally {
    await world.close();
  }
}

interface Named {
  readonly name: string;
  readonly run: RunOfOperation;
  /** Of the names of tables and functions. */
  readonly prefix: string;
}

async function measureOperation(world: World, { name, run, prefix }: Named): Promise<MeasuredOperation> {
  const text = readFileSync(new URL(`../schema/operations/${name}.graphql`, import.meta.url), 'utf8');
  const kind = getOperationAST(parse(text))?.operation;
  if (!kind) throw new Error(`${name}.graphql has no operation`);
  const query = stripIgnoredCharacters(text);
  const once = async (first: number): Promise<Sample> => {
    const variables = run.variables(world, first);
    const answer =
      kind === 'subscription'
        ? await subscribe(world, query, variables)
        : await ask(world, name, run, query, variables);
    const calls = await world.takeCalls();
    const requestBytes = Buffer.byteLength(JSON.stringify({ query, variables }));
    return { requestBytes, responseBytes: Buffer.byteLength(answer), ...tally(name, calls, prefix) };
  };
  const page = await once(PAGE);
  const hasPages = JSON.stringify(run.variables(world, PAGE)) !== JSON.stringify(run.variables(world, 1));
  return { kind, page, one: hasPages ? await once(1) : page };
}

async function ask(world: World, name: string, run: RunOfOperation, query: string, variables: object): Promise<string> {
  const { answer, text } = await world.send(run.caller, query, variables);
  refuseErrors(name, answer);
  return text;
}

/** What is refused uses fewer units than what works. */
function refuseErrors(name: string, { data, errors = [] }: Answer): void {
  const payloads = Object.values(data ?? {}) as ({
    readonly userErrors?: readonly { readonly message: string }[];
  } | null)[];
  const messages = [...errors, ...payloads.flatMap((payload) => payload?.userErrors ?? [])].map(
    ({ message }) => message,
  );
  if (messages.length > 0) throw new Error(`${name} was refused: ${messages.join('; ')}`);
  if (payloads.includes(null)) throw new Error(`${name} found nothing`);
}

type Tally = Pick<Sample, 'resolvers' | 'invocations' | 'units' | 'failedConditions'>;

function tally(name: string, calls: readonly ObservedCall[], prefix: string): Tally {
  const resolvers = new Map<string, number>();
  const invocations = new Map<string, number>();
  const rows = new Map<string, UnitRow>();
  let failedConditions = 0;
  const add = (row: UnitRow): void => {
    const key = `${row.by} ${row.table} ${row.index ?? ''}`;
    const known = rows.get(key);
    rows.set(key, { ...row, reads: row.reads + (known?.reads ?? 0), writes: row.writes + (known?.writes ?? 0) });
  };
  for (const call of calls) {
    if (call.service === 'appsync') count(resolvers, call.field);
    if (call.service === 'lambda') count(invocations, call.functionName.replace(prefix, ''));
    if (call.service !== 'dynamodb') continue;
    if (call.failed !== undefined) {
      if (call.field !== null) throw new Error(`${name}: ${call.operation} of ${call.field} failed: ${call.failed}`);
      failedConditions += 1;
    }
    const by = call.field ?? 'functions';
    for (const { table, index, units } of unitsOfCall(call)) {
      const split = { reads: 0, writes: 0, [directionOf(call)]: units };
      add({ by, table: table.replace(prefix, ''), ...(index === null ? {} : { index }), ...split });
    }
  }
  return {
    resolvers: sorted(resolvers),
    invocations: sorted(invocations),
    units: [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row),
    failedConditions,
  };
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function sorted(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

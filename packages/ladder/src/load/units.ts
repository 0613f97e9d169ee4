import type { ObservedCall } from '@hiroba/local';
import { directionOf, unitsOfCall } from '../../../../measure/unitsOfCall.ts';

/** What the calls of a run have used, as AWS would meter it. */
export interface Used {
  /** By table, and index as `posts.byAuthor`. */
  readonly stores: Readonly<Record<string, Units>>;
  /** The partition keys that were asked for most in any one second, those with the most first. */
  readonly hottest: readonly HotKey[];
  readonly invocations: Readonly<Record<string, number>>;
  /** Runs by field. */
  readonly resolvers: Readonly<Record<string, number>>;
  /** Calls that DynamoDB refused, by the error's code; failed conditions are among them. */
  readonly refused: Readonly<Record<string, number>>;
}

export interface Units {
  readonly reads: number;
  readonly writes: number;
}

export interface HotKey {
  readonly store: string;
  readonly key: string;
  readonly direction: 'reads' | 'writes';
  /** Units in its worst second. */
  readonly most: number;
  readonly total: number;
}

export interface UnitCounter {
  readonly onCall: (call: ObservedCall) => void;
  reset(): void;
  used(): Used;
}

const HOTTEST = 12;

interface KeyUse {
  readonly store: string;
  readonly key: string;
  readonly direction: HotKey['direction'];
  second: number;
  inSecond: number;
  most: number;
  total: number;
}

/** @param prefix Of the names of tables and functions. `now`: milliseconds. */
export function countUnits(prefix: string, now: () => number): UnitCounter {
  let stores = new Map<string, { reads: number; writes: number }>();
  let keys = new Map<string, KeyUse>();
  let [invocations, resolvers, refused] = [
    new Map<string, number>(),
    new Map<string, number>(),
    new Map<string, number>(),
  ];

  function use(store: string, direction: HotKey['direction'], units: number): void {
    const known = stores.get(store) ?? { reads: 0, writes: 0 };
    known[direction] += units;
    stores.set(store, known);
  }

  function useKey(store: string, key: string, direction: HotKey['direction'], units: number): void {
    const id = `${direction} ${store} ${key}`;
    const known = keys.get(id) ?? { store, key, direction, second: 0, inSecond: 0, most: 0, total: 0 };
    const second = Math.floor(now() / 1_000);
    if (known.second !== second) [known.second, known.inSecond] = [second, 0];
    known.inSecond += units;
    known.most = Math.max(known.most, known.inSecond);
    known.total += units;
    keys.set(id, known);
  }

  function dynamodb(call: Extract<ObservedCall, { service: 'dynamodb' }>): void {
    const { partitions, failed } = call;
    if (failed !== undefined) return count(refused, failed);
    const direction = directionOf(call);
    for (const { table, index, units } of unitsOfCall(call)) {
      const store = `${table.replace(prefix, '')}${index === null ? '' : `.${index}`}`;
      use(store, direction, units);
      const touched = partitions.filter((partition) => partition.table === table && partition.index === index);
      for (const { key } of touched) useKey(store, key, direction, units / touched.length);
    }
  }

  return {
    onCall(call) {
      if (call.service === 'appsync') count(resolvers, call.field);
      else if (call.service === 'lambda') count(invocations, call.functionName.replace(prefix, ''));
      else dynamodb(call);
    },
    reset() {
      [stores, keys] = [new Map(), new Map()];
      [invocations, resolvers, refused] = [new Map(), new Map(), new Map()];
    },
    used: () => ({
      stores: sorted(stores),
      hottest: [...keys.values()]
        .sort((a, b) => b.most - a.most)
        .slice(0, HOTTEST)
        .map(({ store, key, direction, most, total }) => ({ store, key, direction, most, total })),
      invocations: sorted(invocations),
      resolvers: sorted(resolvers),
      refused: sorted(refused),
    }),
  };
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function sorted<Value>(values: ReadonlyMap<string, Value>): Readonly<Record<string, Value>> {
  return Object.fromEntries([...values].sort(([a], [b]) => (a < b ? -1 : 1)));
}

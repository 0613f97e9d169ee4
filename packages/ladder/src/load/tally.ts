/** How one request ended. */
export interface Ended {
  readonly operation: string;
  /** Second of the run in which it was due. */
  readonly second: number;
  /** Since it was due: what waited behind others is late for whoever sent it. */
  readonly milliseconds: number;
  /** Codes of what was refused or failed; empty: it worked. */
  readonly errors: readonly string[];
}

export interface Latency {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export interface OperationTally {
  readonly operation: string;
  readonly count: number;
  readonly failed: number;
  readonly latency: Latency;
}

export interface SecondTally {
  readonly second: number;
  readonly due: number;
  readonly failed: number;
  readonly latency: Latency;
}

export interface Tally {
  readonly operations: readonly OperationTally[];
  readonly seconds: readonly SecondTally[];
  readonly all: OperationTally;
  /** By operation and code, the most frequent first. */
  readonly errors: readonly { readonly operation: string; readonly code: string; readonly count: number }[];
}

export interface Tallying {
  add(ended: Ended): void;
  count(): number;
  result(): Tally;
}

export function startTally(): Tallying {
  const all: Ended[] = [];
  return {
    add: (ended) => void all.push(ended),
    count: () => all.length,
    result() {
      const errors = new Map<string, { operation: string; code: string; count: number }>();
      for (const { operation, errors: codes } of all)
        for (const code of codes) {
          const key = `${operation} ${code}`;
          const known = errors.get(key) ?? { operation, code, count: 0 };
          known.count += 1;
          errors.set(key, known);
        }
      const seconds = [...grouped(all, ({ second }) => second)].sort(([a], [b]) => a - b);
      return {
        operations: [...grouped(all, ({ operation }) => operation)]
          .map(([operation, ended]) => tallyOf(operation, ended))
          .sort((a, b) => b.count - a.count || (a.operation < b.operation ? -1 : 1)),
        seconds: seconds.map(([second, ended]) => {
          const { count: due, failed, latency } = tallyOf('', ended);
          return { second, due, failed, latency };
        }),
        all: tallyOf('all', all),
        errors: [...errors.values()].sort((a, b) => b.count - a.count),
      };
    },
  };
}

function tallyOf(operation: string, ended: readonly Ended[]): OperationTally {
  const times = Float64Array.from(ended, ({ milliseconds }) => milliseconds).sort();
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return {
    operation,
    count: ended.length,
    failed: ended.filter(({ errors }) => errors.length > 0).length,
    latency: { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) },
  };
}

function grouped<Key>(all: readonly Ended[], keyOf: (ended: Ended) => Key): Map<Key, Ended[]> {
  const groups = new Map<Key, Ended[]>();
  for (const ended of all) {
    const key = keyOf(ended);
    const group = groups.get(key);
    if (group) group.push(ended);
    else groups.set(key, [ended]);
  }
  return groups;
}

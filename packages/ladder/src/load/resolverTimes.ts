/** `extensions.trace` of an answer of the local system, as far as it is read here. */
interface Traced {
  readonly extensions?: {
    readonly trace?: {
      readonly milliseconds: number;
      readonly resolvers: readonly {
        readonly field: string;
        readonly milliseconds: number;
        readonly cached?: true;
        readonly steps: readonly { readonly kind: 'request' | 'response' | 'call'; readonly milliseconds: number }[];
        readonly cost: { readonly readUnits: number; readonly writeUnits: number };
      }[];
    };
  };
}

/** Where the time of an operation goes, resolver by resolver; milliseconds and units are of one operation, in the mean. */
export interface OperationProfile {
  readonly operation: string;
  /** Requests that were traced. */
  readonly traced: number;
  readonly milliseconds: number;
  /** The slowest in all first. */
  readonly resolvers: readonly ResolverProfile[];
}

export interface ResolverProfile {
  readonly field: string;
  readonly runs: number;
  /** Of its runs, those that the API's cache answered. */
  readonly cached: number;
  /** In its handlers, and in what they called. Runs at the same time add up. */
  readonly handlers: number;
  readonly calls: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

export interface ResolverTimes {
  add(operation: string, answer: string): void;
  result(): readonly OperationProfile[];
}

type Sums = { -readonly [key in keyof Omit<ResolverProfile, 'field'>]: number };

export function resolverTimes(): ResolverTimes {
  const operations = new Map<string, { traced: number; milliseconds: number; resolvers: Map<string, Sums> }>();
  return {
    add(operation, answer) {
      const trace = (JSON.parse(answer) as Traced).extensions?.trace;
      if (!trace) return;
      const known = operations.get(operation) ?? { traced: 0, milliseconds: 0, resolvers: new Map<string, Sums>() };
      known.traced += 1;
      known.milliseconds += trace.milliseconds;
      for (const { field, cached, steps, cost } of trace.resolvers) {
        const sums = known.resolvers.get(field) ?? { ...NOTHING };
        sums.runs += 1;
        if (cached) sums.cached += 1;
        for (const { kind, milliseconds } of steps) sums[kind === 'call' ? 'calls' : 'handlers'] += milliseconds;
        sums.readUnits += cost.readUnits;
        sums.writeUnits += cost.writeUnits;
        known.resolvers.set(field, sums);
      }
      operations.set(operation, known);
    },
    result: () =>
      [...operations].map(([operation, { traced, milliseconds, resolvers }]) => ({
        operation,
        traced,
        milliseconds: milliseconds / traced,
        resolvers: [...resolvers]
          .map(([field, sums]) => ({
            field,
            runs: sums.runs / traced,
            cached: sums.cached / traced,
            handlers: sums.handlers / traced,
            calls: sums.calls / traced,
            readUnits: sums.readUnits / traced,
            writeUnits: sums.writeUnits / traced,
          }))
          .sort((a, b) => b.handlers + b.calls - a.handlers - a.calls),
      })),
  };
}

const NOTHING: Sums = { runs: 0, cached: 0, handlers: 0, calls: 0, readUnits: 0, writeUnits: 0 };

/** What a request did, resolver by resolver: `extensions.trace` of an answer that was asked for it. Times in milliseconds. */
export interface RequestTrace {
  readonly requestId: string;
  readonly milliseconds: number;
  /** The request itself and all its resolvers. */
  readonly cost: Cost;
  /** In the order in which they began. */
  readonly resolvers: readonly ResolverTrace[];
}

export interface ResolverTrace {
  readonly path: readonly (string | number)[];
  /** As `Post.author`. */
  readonly field: string;
  /** The Terraform address. */
  readonly address: string;
  /** When it began, since the request did. */
  readonly at: number;
  readonly milliseconds: number;
  readonly cost: Cost;
  /** The value came from the API's cache, and no handler ran. */
  readonly cached?: true;
  /** What the handlers saw as `ctx`; the stash as the last of them left it. */
  readonly context: {
    readonly arguments: unknown;
    readonly identity: unknown;
    readonly source: unknown;
    readonly stash: unknown;
  };
  readonly steps: readonly StepTrace[];
  /** What the resolver gave, before it was completed; null also when it failed. */
  readonly result: unknown;
}

export type StepTrace = HandlerTrace | CallTrace;

/** One run of a handler. `request`: its result is the request of the data source. */
export interface HandlerTrace {
  readonly kind: 'request' | 'response';
  /** The Terraform address of the resolver or function whose code it is. */
  readonly of: string;
  readonly milliseconds: number;
  readonly result: unknown;
  readonly earlyReturn?: 'END' | 'NEXT';
  readonly error?: { readonly message: string; readonly errorType: string | null };
  readonly logs?: readonly string[];
}

/** One call of a data source: what its `response` handler got as `ctx.result` and `ctx.error`. */
export interface CallTrace {
  readonly kind: 'call';
  readonly of: string;
  readonly dataSource: string;
  readonly type: string;
  readonly milliseconds: number;
  readonly cost: Cost;
  /** DynamoDB's `ConsumedCapacity`, one for each table that a request reached. */
  readonly consumed?: readonly unknown[];
  readonly result: unknown;
  readonly error?: { readonly message: string; readonly type: string };
}

/** Units as DynamoDB counts them, calls as Lambda and HTTP data sources make them, and what a million of all that is in dollars. */
export interface Cost {
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly functionCalls: number;
  readonly httpCalls: number;
  readonly usdPerMillion: number;
}

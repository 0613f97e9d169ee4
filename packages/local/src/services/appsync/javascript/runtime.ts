/**
 * The contract of the APPSYNC_JS runtime: what the GraphQL executor and EvaluateCode ask of it.
 * Implementations live beside this file; `index.ts` exports `createJavaScriptRuntime`.
 */

/** Limits from the AppSync quotas page (general/latest/gr/appsync). */
export const MAX_CODE_CHARACTERS = 32_768;
export const MAX_LOOP_ITERATIONS = 1_000;
export const MAX_RESULT_BYTES = 5 * 1024 * 1024;

export interface JavaScriptRuntime {
  /** Parses and prepares a module once. Throws `CodeError` when AWS would refuse it at deployment. */
  load(code: string, name: string): HandlerModule;
}

export interface HandlerModule {
  has(handler: HandlerName): boolean;
  /** Runs one handler. Module-level code is evaluated anew. Never throws for what the code does. */
  evaluate(handler: HandlerName, context: EvaluationContext): Evaluation;
}

export type HandlerName = 'request' | 'response';

/** What the handlers see as `ctx`; JSON values only. `arguments` is added as an alias of `args`. */
export interface EvaluationContext {
  readonly args: Readonly<Record<string, unknown>>;
  readonly identity: unknown;
  readonly source: unknown;
  /** In: the stash as it is; out: see `Evaluation.stash`. */
  readonly stash: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly prev?: { readonly result: unknown };
  readonly error?: { readonly message: string; readonly type: string };
  readonly request: {
    readonly headers: Readonly<Record<string, string | readonly string[]>>;
    readonly domainName: string | null;
  };
  readonly info: {
    readonly fieldName: string;
    readonly parentTypeName: string;
    readonly variables: Readonly<Record<string, unknown>>;
    readonly selectionSetList: readonly string[];
    readonly selectionSetGraphQL: string;
  };
  readonly env: Readonly<Record<string, string>>;
  readonly outErrors: readonly FieldError[];
}

/** An entry of `util.error`, `util.appendError` or `util.unauthorized`. */
export interface FieldError {
  readonly message: string;
  readonly errorType: string | null;
  readonly data: unknown;
  readonly errorInfo: unknown;
}

export interface Evaluation {
  /** The handler's value after the JSON boundary (functions and undefined members gone); `null` on error. */
  readonly result: unknown;
  readonly stash: Readonly<Record<string, unknown>>;
  /** Errors appended in this run, in order. */
  readonly appendedErrors: readonly FieldError[];
  /** Set when the handler stopped: `util.error`, `util.unauthorized`, a library error or a crash. */
  readonly error?: FieldError & { readonly unauthorized: boolean };
  /** Where in the code an error of type `Code` arose, as `code.js:3:10`; EvaluateCode puts it before the message. */
  readonly position?: string;
  /** Set when `runtime.earlyReturn` ended the handler; `result` is then its value. */
  readonly earlyReturn?: { readonly skipTo: 'END' | 'NEXT' };
  /** As AppSync prints them: `INFO - code.js:5:3: "text"`. */
  readonly logs: readonly string[];
  readonly extensions: EvaluationExtensions;
}

export interface EvaluationExtensions {
  readonly subscriptionFilter?: SubscriptionFilter;
  readonly subscriptionInvalidationFilter?: SubscriptionFilter;
  readonly invalidations: readonly {
    readonly subscriptionField: string;
    readonly payload: Readonly<Record<string, unknown>>;
  }[];
  readonly evictions: readonly {
    readonly typeName: string;
    readonly fieldName: string;
    readonly keys: Readonly<Record<string, unknown>>;
  }[];
  readonly responseHeaders: Readonly<Record<string, string>>;
}

/** Filters are ANDed, groups ORed. */
export interface SubscriptionFilter {
  readonly filterGroup: readonly { readonly filters: readonly SubscriptionFilterRule[] }[];
}
export interface SubscriptionFilterRule {
  readonly fieldName: string;
  readonly operator: string;
  readonly value: unknown;
}

/** One finding in code that AWS would refuse, shaped like AppSync's `CodeError`. */
export interface CodeFinding {
  readonly errorType: 'PARSER_ERROR' | 'LINT_ERROR';
  readonly value: string;
  readonly location: { readonly line: number; readonly column: number; readonly span: number };
}

export class CodeError extends Error {
  readonly codeErrors: readonly CodeFinding[];

  constructor(codeErrors: readonly CodeFinding[]) {
    super('The code contains one or more errors.');
    this.name = 'BadRequestException';
    this.codeErrors = codeErrors;
  }
}

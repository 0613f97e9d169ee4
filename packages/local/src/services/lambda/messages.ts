import type { Archive } from './archive.ts';
import type { OpenedLayers } from './layers.ts';

/** What a worker is started with. */
export interface WorkerSettings {
  readonly archive: Archive;
  readonly layers: OpenedLayers;
  readonly entry: string;
  readonly exportName: string;
  /** Node's major version of the runtime on AWS, as 24 for `nodejs24.x`. */
  readonly nodeVersion: number;
  /** All of `process.env`. */
  readonly environment: Readonly<Record<string, string>>;
  readonly context: FunctionFacts;
  /** What the local clock shows at the start, in epoch milliseconds. */
  readonly now: number;
}

/** The members of the context object that are the same for every invocation. */
export interface FunctionFacts {
  readonly functionName: string;
  readonly functionVersion: '$LATEST';
  readonly invokedFunctionArn: string;
  /** A string of digits, as on AWS. */
  readonly memoryLimitInMB: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
}

export interface InvokeMessage {
  readonly requestId: string;
  /** JSON text: what crosses is what crosses the network on AWS. */
  readonly payload: string;
  /** For `_X_AMZN_TRACE_ID`; empty: there is none. */
  readonly traceId: string;
  readonly timeoutMilliseconds: number;
  /** What the local clock shows, in epoch milliseconds. */
  readonly now: number;
}

/** As Lambda returns it in the payload of a failed invocation. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'initFailed'; readonly error: FunctionError }
  | { readonly kind: 'log'; readonly requestId: string | null; readonly level: LogLevel; readonly message: string }
  | { readonly kind: 'succeeded'; readonly requestId: string; readonly payload: string }
  | { readonly kind: 'failed'; readonly requestId: string; readonly error: FunctionError }
  /** The worker ends after this: an exception that nobody caught. */
  | { readonly kind: 'crashed'; readonly error: FunctionError };

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'SYSTEM';

import { AwsError } from '../../../aws/error.ts';
import type { ErrorEntry } from '../execution/errors.ts';

/** An error as it rides in a frame. */
export interface FrameError {
  readonly errorType?: string | null;
  readonly message: string;
  readonly errorCode?: number;
}

/** https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html */
export type ServerFrame =
  | { readonly type: 'connection_ack'; readonly payload: { readonly connectionTimeoutMs: number } }
  | { readonly type: 'ka' }
  | { readonly type: 'connection_error'; readonly payload: { readonly errors: readonly FrameError[] } }
  | { readonly id: string; readonly type: 'start_ack' }
  | { readonly id: string; readonly type: 'data'; readonly payload: unknown }
  | { readonly id: string; readonly type: 'complete' }
  | { readonly id?: string; readonly type: 'error'; readonly payload: { readonly errors: readonly FrameError[] } };

export interface ClientFrame {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** Undefined when it is no frame at all. */
export function parseFrame(text: string): ClientFrame | undefined {
  try {
    const frame: unknown = JSON.parse(text);
    if (typeof frame !== 'object' || frame === null || !('type' in frame) || typeof frame.type !== 'string')
      return undefined;
    const id = 'id' in frame && typeof frame.id === 'string' ? { id: frame.id } : {};
    return { type: frame.type, ...id, ...('payload' in frame && { payload: frame.payload }) };
  } catch {
    return undefined;
  }
}

/** Why a subscription was refused. */
export class SubscriptionRefused extends Error {
  readonly errors: readonly FrameError[];

  constructor(errors: readonly FrameError[]) {
    super(errors.map(({ message }) => message).join('; '));
    this.errors = errors;
  }
}

export function refusedFor(entries: readonly ErrorEntry[]): SubscriptionRefused {
  return new SubscriptionRefused(
    entries.map((entry) => ({ ...('errorType' in entry && { errorType: entry.errorType }), message: entry.message })),
  );
}

/** The errors of a refusal. An error of another kind is a defect, which is reported and hidden from the client. */
export function frameErrors(error: unknown, onDefect: (error: unknown) => void): readonly FrameError[] {
  if (error instanceof SubscriptionRefused) return error.errors;
  if (error instanceof AwsError) return [{ errorType: error.code, message: error.message }];
  onDefect(error);
  return [{ errorType: 'InternalFailure', message: 'An internal failure occurred.' }];
}

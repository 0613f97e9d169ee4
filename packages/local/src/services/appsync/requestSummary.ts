import type { ReadyOperation } from './execution/operation.ts';
import type { PlannedField } from './execution/plan.ts';
import type { RequestHeaders } from './execution/request.ts';
import { TRACE_HEADER } from './http/traceId.ts';

/** What the API's log says of one request, or of one `start` of a subscription. */
export interface RequestSummary {
  readonly requestId: string;
  /** The header `x-amzn-trace-id`. */
  readonly traceId: string;
  /** Null: the request was refused before it was read. */
  readonly operation: { readonly type: 'query' | 'mutation' | 'subscription'; readonly name: string | null } | null;
  /** Names of root fields, 20 at most. */
  readonly fields: readonly string[];
  readonly statusCode: number;
  /** The types of the errors in the answer, each once, 20 at most. */
  readonly errorTypes: readonly string[];
  readonly milliseconds: number;
}

export type OnRequest = (summary: RequestSummary) => void;

/** Gathers the summary while the request is answered. */
export interface RequestRecord {
  read(operation: ReadyOperation['operation'], fields: readonly PlannedField[]): void;
  /** The request is the `start` of a subscription; null: to an unknown field. */
  subscribed(field: string | null): void;
  failed(errors: readonly { readonly message: string; readonly errorType?: string | null }[]): void;
  done(statusCode: number): void;
}

const MOST = 20;

export function recordRequest(requestId: string, headers: RequestHeaders, onRequest: OnRequest): RequestRecord {
  const begun = performance.now();
  let operation: RequestSummary['operation'] = null;
  let fields: readonly string[] = [];
  const errorTypes = new Set<string>();
  return {
    read({ operation: type, name }, planned) {
      operation = { type, name: name?.value ?? null };
      fields = planned.slice(0, MOST).map((field) => field.name);
    },
    subscribed(field) {
      operation = { type: 'subscription', name: null };
      fields = field === null ? [] : [field];
    },
    failed(errors) {
      // Errors of the document have no type in AppSync's answers.
      for (const { errorType } of errors) if (errorTypes.size < MOST) errorTypes.add(errorType ?? 'ValidationError');
    },
    done(statusCode) {
      const milliseconds = Math.round((performance.now() - begun) * 1000) / 1000;
      const traceId = String(headers[TRACE_HEADER] ?? '');
      onRequest({ requestId, traceId, operation, fields, statusCode, errorTypes: [...errorTypes], milliseconds });
    },
  };
}

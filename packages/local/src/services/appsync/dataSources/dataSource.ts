import type { MaybePromise } from '../execution/chain.ts';
import type { CompiledResolver } from '../execution/compiledApi.ts';
import type { PlannedField } from '../execution/plan.ts';
import type { RequestState } from '../execution/request.ts';
import type { CallRecorder } from '../trace/record.ts';

/** One call of a data source: the object its `request` handler returned, and who asks. */
export interface DataSourceCall {
  readonly request: unknown;
  readonly state: RequestState;
  readonly field: PlannedField;
  readonly resolver: CompiledResolver;
  /** The Terraform address of the resolver or pipeline function: tokens and batches belong to it. */
  readonly address: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly trace?: CallRecorder | undefined;
}

/** What the `response` handler sees as `ctx.result` and `ctx.error`. */
export interface DataSourceAnswer {
  readonly result: unknown;
  readonly error?: { readonly message: string; readonly type: string };
}

export interface DataSource {
  readonly name: string;
  readonly address: string;
  readonly type: string;
  /** Throws (or rejects with) `MappingTemplateError` for a request object that AppSync refuses. */
  invoke(call: DataSourceCall): MaybePromise<DataSourceAnswer>;
}

/** A request object that its data source does not understand: the field fails, `response` does not run. */
export class MappingTemplateError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MappingTemplateError';
  }
}

import { OperationTypeNode, type OperationDefinitionNode } from 'graphql';
import { AwsError } from '../../../aws/error.ts';
import type { Caller } from '../authorization/caller.ts';
import { createBatchQueue } from '../dataSources/batchQueue.ts';
import type { GraphQLParameters } from '../http/parameters.ts';
import { chain, type MaybePromise } from './chain.ts';
import type { CompiledApi } from './compiledApi.ts';
import { NULLED } from './complete.ts';
import { createDeadline } from './deadline.ts';
import { rootType, type PreparedDocument } from './document.ts';
import type { ErrorEntry } from './errors.ts';
import { executeFields, executeSerially, type OnRootField, type ResponseObject } from './execute.ts';
import type { Variables } from './input.ts';
import type { ExecutionServices, RequestHeaders, RequestState } from './request.ts';
import { coerceVariables } from './variables.ts';
import type { TraceRecorder } from '../trace/record.ts';

/** The answer to a GraphQL request, members in the order they are printed. */
export interface ExecutionResult {
  readonly data: ResponseObject | null;
  readonly errors?: readonly ErrorEntry[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A request whose document is valid and whose variables fit. */
export interface ReadyOperation {
  readonly prepared: PreparedDocument;
  readonly operation: OperationDefinitionNode;
  readonly variables: Variables;
}

/**
 * Parses, validates, and coerces the variables. Returns the errors when the request is refused with status 200, throws
 * `AwsError` when it is refused with another.
 */
export function prepareOperation(
  compiled: CompiledApi,
  { query, variables: given, operationName }: GraphQLParameters,
): ReadyOperation | { readonly errors: readonly ErrorEntry[] } {
  const prepared = compiled.documents.prepare(query);
  const operation = chooseOperation(prepared, operationName);
  if (prepared.errors.length > 0) return { errors: prepared.errors };
  const coerced = coerceVariables(compiled.schema, operation, given);
  if ('error' in coerced) return { errors: [coerced.error] };
  return { prepared, operation, variables: coerced.variables };
}

function chooseOperation({ operations }: PreparedDocument, name: string | undefined): OperationDefinitionNode {
  const [first, second] = operations;
  if (name !== undefined) {
    const named = operations.find((operation) => operation.name?.value === name);
    if (named !== undefined) return named;
    throw new AwsError('BadRequestException', `Unknown operation named '${name}'.`, { statusCode: 400 });
  }
  if (first === undefined || second !== undefined) {
    throw new AwsError('BadRequestException', 'Missing operation name.', { statusCode: 400 });
  }
  return first;
}

export interface StateOptions {
  readonly compiled: CompiledApi;
  readonly services: ExecutionServices;
  readonly requestId: string;
  readonly caller: Caller;
  readonly headers: RequestHeaders;
  readonly variables: Variables;
  readonly operationType: OperationTypeNode;
  readonly mode?: 'resolve' | 'project';
  readonly trace?: TraceRecorder | undefined;
}

export function createState({ mode = 'resolve', ...options }: StateOptions): RequestState {
  return {
    ...options,
    contextRequest: { headers: options.headers, domainName: null },
    mode,
    deadline: createDeadline(),
    batches: createBatchQueue(),
    errors: [],
    responseHeaders: {},
    invalidations: [],
    concreteTypes: new WeakMap(),
    resolverRuns: 0,
    cacheEntriesDeleted: undefined,
  };
}

/** Executes a query or mutation. */
export function execute(
  state: RequestState,
  { prepared, operation }: ReadyOperation,
  onRootField: OnRootField,
): MaybePromise<ExecutionResult> {
  const { compiled, variables } = state;
  const type = rootType(compiled.schema, operation);
  const fields = compiled.documents.plan(prepared, operation, variables);
  const data =
    operation.operation === OperationTypeNode.MUTATION
      ? executeSerially(state, type, fields, onRootField)
      : executeFields(state, type, fields, { source: null, path: undefined });
  return chain(data, (completed) => {
    state.deadline.done();
    const { cacheEntriesDeleted: apiCacheEntriesDeleted } = state;
    const result = toResult(completed, state.errors);
    return apiCacheEntriesDeleted === undefined ? result : { ...result, extensions: { apiCacheEntriesDeleted } };
  });
}

export function toResult(data: ResponseObject | typeof NULLED, errors: readonly ErrorEntry[]): ExecutionResult {
  return { data: data === NULLED ? null : data, ...(errors.length > 0 && { errors }) };
}

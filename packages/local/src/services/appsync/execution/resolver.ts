import { OperationTypeNode } from 'graphql';
import { AwsError } from '../../../aws/error.ts';
import { MappingTemplateError, type DataSourceAnswer } from '../dataSources/dataSource.ts';
import type {
  Evaluation,
  EvaluationContext,
  FieldError,
  HandlerName,
  SubscriptionFilter,
} from '../javascript/runtime.ts';
import { attempt, chain, type MaybePromise } from './chain.ts';
import type { CompiledCode, CompiledResolver, CompiledStep } from './compiledApi.ts';
import { NULLED } from './complete.ts';
import { ExecutionTimeout } from './deadline.ts';
import { directLambdaAnswer, directLambdaRequest } from './directLambda.ts';
import { locationOf, pathArray, type Path } from './errors.ts';
import type { PlannedField } from './plan.ts';
import type { RequestState } from './request.ts';
import type { ResolverRecorder } from '../trace/record.ts';
import { filterBySelection, selectionSetGraphQL, selectionSetList } from './selectionSet.ts';

/** AppSync's limit per request. https://docs.aws.amazon.com/general/latest/gr/appsync.html */
export const MAX_RESOLVERS_PER_REQUEST = 10_000;
const MAX_INVALIDATIONS_PER_REQUEST = 5;

/** One run of a resolver: what its handlers share. */
export interface ResolverRun {
  readonly state: RequestState;
  readonly planned: PlannedField;
  readonly resolver: CompiledResolver;
  readonly args: Readonly<Record<string, unknown>>;
  readonly source: unknown;
  readonly path: Path;
  readonly outErrors: FieldError[];
  readonly filters: { subscription?: SubscriptionFilter; invalidation?: SubscriptionFilter };
  stash: Record<string, unknown>;
  readonly trace?: ResolverRecorder | undefined;
}

/** A handler's outcome when nothing stopped the resolver. `END` goes on with the pipeline's response handler. */
interface StepValue {
  readonly value: unknown;
  readonly skipTo?: 'END' | 'NEXT';
}

export function startRun(
  state: RequestState,
  planned: PlannedField,
  resolver: CompiledResolver,
  at: { readonly source: unknown; readonly path: Path },
): ResolverRun {
  const args = planned.args(state.variables);
  const { typeName, fieldName, address } = resolver;
  const trace = state.trace?.resolver({ path: pathArray(at.path), field: `${typeName}.${fieldName}`, address });
  return { state, planned, resolver, args, ...at, outErrors: [], filters: {}, stash: {}, trace };
}

/** The value of a field with a resolver, not yet completed; `NULLED` when it failed and its error is reported. */
export function resolveField(
  state: RequestState,
  planned: PlannedField,
  resolver: CompiledResolver,
  at: { readonly source: unknown; readonly path: Path },
): MaybePromise<unknown> {
  const run = startRun(state, planned, resolver, at);
  const { trace } = run;
  if (trace === undefined) return runOrRemember(run);
  return chain(runOrRemember(run), (value) => {
    const { args, source, stash } = run;
    const context = { arguments: args, identity: state.caller.identity, source, stash };
    trace.done(context, value === NULLED ? null : value);
    return value;
  });
}

/** In queries, the API's cache may know the value; what failed, or added an error, is not kept. */
function runOrRemember(run: ResolverRun): MaybePromise<unknown> {
  const { state, resolver, args, source } = run;
  if (state.operationType !== OperationTypeNode.QUERY) return runResolver(run);
  const context = { arguments: args, source, identity: state.caller.identity };
  const entry = state.compiled.cache?.entry(resolver, context);
  if (entry === undefined) return runResolver(run);
  const kept = entry.get();
  if (kept !== undefined) {
    run.trace?.cached();
    return kept.value;
  }
  return chain(runResolver(run), (value) => {
    if (value !== NULLED && run.outErrors.length === 0) entry.set(value);
    return value;
  });
}

export function runResolver(run: ResolverRun): MaybePromise<unknown> {
  const { state, resolver } = run;
  state.resolverRuns += 1;
  state.services.onResolverRun?.(`${resolver.typeName}.${resolver.fieldName}`);
  const limit = state.compiled.api.resolverCountLimit || MAX_RESOLVERS_PER_REQUEST;
  if (state.resolverRuns > limit) {
    return fail(run, {
      message: `Resolver count limit of ${limit} reached.`,
      errorType: 'ResolverExecutionLimitReached',
    });
  }
  return attempt(
    () => (resolver.pipeline === undefined ? runUnit(run) : runPipeline(run, resolver.pipeline)),
    (error) => reportStop(run, error),
  );
}

function runUnit(run: ResolverRun): MaybePromise<unknown> {
  const [step] = run.resolver.steps;
  if (step === undefined) throw new Error(`${run.resolver.address} has no data source`);
  return chain(runStep(run, step, undefined), (outcome) => (outcome === NULLED ? NULLED : outcome.value));
}

function runPipeline(run: ResolverRun, code: CompiledCode): MaybePromise<unknown> {
  const before = evaluate(run, code, 'request', {});
  if (before === NULLED) return NULLED;
  const after = (result: unknown): unknown => {
    const evaluation = evaluate(run, code, 'response', { result, prev: { result } });
    return evaluation === NULLED ? NULLED : evaluation.result;
  };
  // An early return in the pipeline's own request handler skips every function.
  if (before.earlyReturn !== undefined) return after(before.result);
  const from = (index: number, previous: unknown): MaybePromise<unknown> => {
    const step = run.resolver.steps[index];
    if (step === undefined) return after(previous);
    return chain(runStep(run, step, { result: previous }), (outcome) => {
      if (outcome === NULLED) return NULLED;
      return outcome.skipTo === 'END' ? after(outcome.value) : from(index + 1, outcome.value);
    });
  };
  return from(0, before.result);
}

function runStep(
  run: ResolverRun,
  step: CompiledStep,
  prev: { readonly result: unknown } | undefined,
): MaybePromise<StepValue | typeof NULLED> {
  const { code } = step;
  if (code === undefined) return runDirectLambda(run, step);
  const request = evaluate(run, code, 'request', { prev });
  if (request === NULLED) return NULLED;
  if (request.earlyReturn !== undefined) return { value: request.result, skipTo: request.earlyReturn.skipTo };
  return chain(callDataSource(run, step, request.result), ({ result, error }) => {
    if (!code.module.has('response')) return { value: null };
    const response = evaluate(run, code, 'response', { result, prev, error });
    return response === NULLED ? NULLED : { value: response.result };
  });
}

function runDirectLambda(run: ResolverRun, step: CompiledStep): MaybePromise<StepValue | typeof NULLED> {
  return chain(callDataSource(run, step, directLambdaRequest(run)), (answer) => {
    const unwrapped = directLambdaAnswer(run.resolver, answer);
    return 'error' in unwrapped ? fail(run, unwrapped.error) : { value: unwrapped.value };
  });
}

function callDataSource(run: ResolverRun, step: CompiledStep, request: unknown): MaybePromise<DataSourceAnswer> {
  const { state, planned, resolver, args } = run;
  const { dataSource, address } = step;
  const trace = run.trace?.call({ of: address, dataSource: dataSource.name, type: dataSource.type });
  const answer = dataSource.invoke({ request, state, field: planned, resolver, address, args, trace });
  const intime = answer instanceof Promise ? state.deadline.within(answer) : answer;
  if (trace === undefined) return intime;
  return chain(intime, (settled) => {
    trace.answered(settled);
    return settled;
  });
}

type HandlerInput = Pick<EvaluationContext, 'result' | 'prev' | 'error'>;

/** Runs one handler and takes over all it left behind. `NULLED`: it stopped, and its error is reported. */
function evaluate(
  run: ResolverRun,
  code: CompiledCode,
  handler: HandlerName,
  input: HandlerInput,
): Evaluation | typeof NULLED {
  const { state, planned } = run;
  const traced = run.trace?.handler(handler, code.address);
  const evaluation = code.module.evaluate(handler, {
    args: run.args,
    identity: state.caller.identity,
    source: run.source,
    stash: run.stash,
    ...input,
    request: state.contextRequest,
    info: info(run, code.readsSelectionSet),
    env: state.compiled.api.environment,
    outErrors: run.outErrors,
  });
  traced?.(evaluation);
  run.stash = evaluation.stash;
  for (const line of evaluation.logs) state.services.onLog(line);
  for (const error of evaluation.appendedErrors) {
    run.outErrors.push(error);
    report(run, error);
  }
  takeExtensions(run, evaluation);
  if (evaluation.error === undefined) return evaluation;
  const { unauthorized, ...error } = evaluation.error;
  const message = `Not Authorized to access ${planned.field?.fieldName} on type ${planned.field?.typeName}`;
  return fail(run, unauthorized ? { message, errorType: 'Unauthorized' } : error);
}

export function info(run: ResolverRun, withSelectionSet: boolean): EvaluationContext['info'] {
  return {
    fieldName: run.resolver.fieldName,
    parentTypeName: run.resolver.typeName,
    variables: run.state.variables,
    selectionSetList: withSelectionSet ? selectionSetList(run.planned) : [],
    selectionSetGraphQL: withSelectionSet ? selectionSetGraphQL(run.planned) : '',
  };
}

function takeExtensions(run: ResolverRun, { extensions }: Evaluation): void {
  const { state, filters } = run;
  if (extensions.subscriptionFilter !== undefined) filters.subscription = extensions.subscriptionFilter;
  if (extensions.subscriptionInvalidationFilter !== undefined) {
    filters.invalidation = extensions.subscriptionInvalidationFilter;
  }
  Object.assign(state.responseHeaders, extensions.responseHeaders);
  evict(run, extensions.evictions);
  for (const invalidation of extensions.invalidations) {
    if (state.invalidations.length >= MAX_INVALIDATIONS_PER_REQUEST) {
      const message = `At most ${MAX_INVALIDATIONS_PER_REQUEST} subscription invalidations are allowed per request.`;
      report(run, { message, errorType: 'BadRequest' });
      return;
    }
    state.invalidations.push(invalidation);
  }
}

/** https://docs.aws.amazon.com/appsync/latest/devguide/extensions-js.html */
function evict(run: ResolverRun, evictions: Evaluation['extensions']['evictions']): void {
  const { state } = run;
  for (const { typeName, fieldName, keys } of evictions) {
    if (state.operationType !== OperationTypeNode.MUTATION) {
      const message = 'evictFromApiCache is supported in mutations only.';
      report(run, { message, errorType: 'BadRequest' });
      return;
    }
    const deleted = state.compiled.cache?.evict(state.compiled.resolvers.get(`${typeName}.${fieldName}`), keys) ?? 0;
    state.cacheEntriesDeleted = (state.cacheEntriesDeleted ?? 0) + deleted;
  }
}

type Failure = Pick<FieldError, 'message' | 'errorType'> & Partial<FieldError>;

function fail(run: ResolverRun, error: Failure): typeof NULLED {
  report(run, error);
  return NULLED;
}

function report({ state, planned, path }: ResolverRun, { message, errorType, data, errorInfo }: Failure): void {
  state.errors.push({
    path: pathArray(path),
    data: filterBySelection(state, planned, data),
    errorType,
    errorInfo: errorInfo ?? null,
    locations: [locationOf(planned.nodes[0])],
    message,
  });
}

function reportStop(run: ResolverRun, error: unknown): typeof NULLED {
  if (error instanceof MappingTemplateError) {
    run.state.services.onLog(`ERROR - ${error.message} [${run.resolver.address}]`);
    return fail(run, { message: error.message, errorType: 'MappingTemplate' });
  }
  if (error instanceof ExecutionTimeout) return fail(run, { message: error.message, errorType: 'ExecutionTimeout' });
  if (error instanceof AwsError) return fail(run, { message: error.message, errorType: error.code });
  throw error;
}

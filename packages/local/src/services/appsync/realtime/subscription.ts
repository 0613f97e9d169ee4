import { Kind, OperationTypeNode } from 'graphql';
import type { Caller } from '../authorization/caller.ts';
import { mayAccess } from '../authorization/caller.ts';
import type { CompiledApi } from '../execution/compiledApi.ts';
import { rootType } from '../execution/document.ts';
import { executeFields, reportUnauthorized } from '../execution/execute.ts';
import { createState, prepareOperation, toResult, type ReadyOperation } from '../execution/operation.ts';
import { chain, type MaybePromise } from '../execution/chain.ts';
import type { PlannedField } from '../execution/plan.ts';
import type { ExecutionServices, RequestHeaders } from '../execution/request.ts';
import { runResolver, startRun } from '../execution/resolver.ts';
import type { GraphQLParameters } from '../http/parameters.ts';
import type { SubscriptionFilter } from '../javascript/runtime.ts';
import { NULLED } from '../execution/complete.ts';
import { matchesFilter } from './filters.ts';
import { refusedFor, SubscriptionRefused } from './frames.ts';

/** One `start` that was accepted. */
export interface Subscription {
  /** The field of type Subscription. */
  readonly fieldName: string;
  matches(payload: Readonly<Record<string, unknown>>): boolean;
  /** Whether `extensions.invalidateSubscriptions` with this payload ends it. */
  isInvalidatedBy(payload: Readonly<Record<string, unknown>>): boolean;
  /** The payload of a `data` frame for what a mutation published. */
  deliver(published: unknown): MaybePromise<unknown>;
  /** The same for a new version of the API. Throws `SubscriptionRefused` when it has no place there. */
  rebind(compiled: CompiledApi): Subscription;
}

export interface StartRequest {
  readonly parameters: GraphQLParameters;
  readonly caller: Caller;
  readonly headers: RequestHeaders;
  readonly requestId: string;
}

const operationType = OperationTypeNode.SUBSCRIPTION;

interface Filters {
  readonly subscription?: SubscriptionFilter;
  readonly invalidation?: SubscriptionFilter;
}

/**
 * Authorizes the subscription field and runs its resolver. Throws (or rejects with) `SubscriptionRefused` or `AwsError`.
 * https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-data.html
 */
export function startSubscription(
  compiled: CompiledApi,
  services: ExecutionServices,
  start: StartRequest,
): MaybePromise<Subscription> {
  const ready = prepareSubscription(compiled, start.parameters);
  const planned = rootField(compiled, ready);
  const { field } = planned;
  if (field === undefined) return bind(compiled, services, start, {});
  const state = createState({ compiled, services, ...start, variables: ready.variables, operationType });
  const at = { source: null, path: { parent: undefined, key: planned.key } };
  return chain(mayAccess(compiled.api, services.authorizer, start.caller, field), (allowed) => {
    if (!allowed) reportUnauthorized(state, planned, at.path);
    if (state.errors.length > 0) throw refusedFor(state.errors);
    if (field.resolver === undefined) return bind(compiled, services, start, {});
    const run = startRun(state, planned, field.resolver, at);
    return chain(runResolver(run), () => {
      state.deadline.done();
      if (state.errors.length > 0) throw refusedFor(state.errors);
      return bind(compiled, services, start, run.filters);
    });
  });
}

function bind(compiled: CompiledApi, services: ExecutionServices, start: StartRequest, filters: Filters): Subscription {
  const ready = prepareSubscription(compiled, start.parameters);
  const planned = rootField(compiled, ready);
  const type = rootType(compiled.schema, ready.operation);
  const plan = compiled.documents.plan(ready.prepared, ready.operation, ready.variables);
  const given = givenArguments(planned, ready.variables);
  return {
    fieldName: planned.name,
    // An enhanced filter switches the matching of arguments off.
    matches: (payload) =>
      filters.subscription === undefined
        ? matchesArguments(given, payload)
        : matchesFilter(filters.subscription, payload),
    isInvalidatedBy: (payload) => filters.invalidation !== undefined && matchesFilter(filters.invalidation, payload),
    deliver(published) {
      const state = createState({
        compiled,
        services,
        ...start,
        variables: ready.variables,
        operationType,
        mode: 'project',
      });
      const source = { [planned.name]: published };
      return chain(executeFields(state, type, plan, { source, path: undefined }), (data) =>
        // Clients drop a payload whose data is null without a word.
        toResult(data === NULLED ? { [planned.key]: null } : data, state.errors),
      );
    },
    rebind: (next) => bind(next, services, start, filters),
  };
}

function prepareSubscription(compiled: CompiledApi, parameters: GraphQLParameters): ReadyOperation {
  const ready = prepareOperation(compiled, parameters);
  if ('errors' in ready) throw refusedFor(ready.errors);
  if (ready.operation.operation === OperationTypeNode.SUBSCRIPTION) return ready;
  const message = `Operation of type ${ready.operation.operation} is not supported through the realtime channel`;
  throw new SubscriptionRefused([{ errorType: 'UnsupportedOperation', message }]);
}

function rootField(compiled: CompiledApi, { prepared, operation, variables }: ReadyOperation): PlannedField {
  const [planned] = compiled.documents.plan(prepared, operation, variables);
  if (planned === undefined) throw new SubscriptionRefused([{ message: 'The subscription selects no field.' }]);
  return planned;
}

/** Arguments that the client gave a value, null included: a variable it left out counts as an argument left out. */
function givenArguments({ args, nodes }: PlannedField, variables: Readonly<Record<string, unknown>>) {
  const values = args(variables);
  const given = (nodes[0].arguments ?? []).filter(
    ({ value }) => value.kind !== Kind.VARIABLE || Object.hasOwn(variables, value.name.value),
  );
  return given.map(({ name }): readonly [string, unknown] => [name.value, values[name.value]]);
}

/** Every argument must equal the field of its name; null matches only what is null or absent. */
function matchesArguments(
  given: readonly (readonly [string, unknown])[],
  payload: Readonly<Record<string, unknown>>,
): boolean {
  return given.every(([name, expected]) => {
    const actual = Object.hasOwn(payload, name) ? payload[name] : null;
    return JSON.stringify(actual ?? null) === JSON.stringify(expected ?? null);
  });
}

import type { GraphQLObjectType } from 'graphql';
import { mayAccess } from '../authorization/caller.ts';
import { chain, isPromise, type MaybePromise } from './chain.ts';
import { complete, NULLED } from './complete.ts';
import { locationOf, pathArray, type Path } from './errors.ts';
import type { PlannedField } from './plan.ts';
import type { RequestState } from './request.ts';
import { resolveField } from './resolver.ts';
import { setOwn } from '../ownMember.ts';

export type ResponseObject = Record<string, unknown>;

/** Called with each mutation root field that has been completed to something else than null. */
export type OnRootField = (field: PlannedField, value: unknown) => void;

/**
 * The fields of one object, in the order of the selection. `NULLED` when a field that must not be null is; its
 * siblings are completed all the same, as graphql-java does, so that their errors show.
 */
export function executeFields(
  state: RequestState,
  type: GraphQLObjectType,
  fields: readonly PlannedField[],
  parent: { readonly source: unknown; readonly path: Path | undefined },
): MaybePromise<ResponseObject | typeof NULLED> {
  const response: ResponseObject = {};
  let pending: Promise<void>[] | undefined;
  let nulled = false;
  const set = (key: string, value: unknown): void => {
    if (value === NULLED) nulled = true;
    else setOwn(response, key, value);
  };
  for (const field of fields) {
    const value = executeField(state, type, field, parent);
    if (isPromise(value)) {
      // Reserves the member's place in the order of the selection.
      setOwn(response, field.key, null);
      pending ??= [];
      pending.push(value.then((settled) => set(field.key, settled)));
    } else {
      set(field.key, value);
    }
  }
  if (pending === undefined) return nulled ? NULLED : response;
  return Promise.all(pending).then(() => (nulled ? NULLED : response));
}

/** The root fields of a mutation, each after the one before it is complete. */
export function executeSerially(
  state: RequestState,
  type: GraphQLObjectType,
  fields: readonly PlannedField[],
  onRootField: OnRootField,
): MaybePromise<ResponseObject | typeof NULLED> {
  const response: ResponseObject = {};
  const from = (index: number): MaybePromise<ResponseObject | typeof NULLED> => {
    const field = fields[index];
    if (field === undefined) return response;
    return chain(executeField(state, type, field, { source: null, path: undefined }), (value) => {
      if (value === NULLED) return NULLED;
      setOwn(response, field.key, value);
      if (value !== null) onRootField(field, value);
      return from(index + 1);
    });
  };
  return from(0);
}

function executeField(
  state: RequestState,
  type: GraphQLObjectType,
  planned: PlannedField,
  parent: { readonly source: unknown; readonly path: Path | undefined },
): MaybePromise<unknown> {
  const { field } = planned;
  if (planned.introspect !== undefined) return planned.introspect(state.variables);
  if (field === undefined) return type.name;
  const at = { parent: parent.path, key: planned.key };
  return chain(mayAccess(state.compiled.api, state.services.authorizer, state.caller, field), (allowed) => {
    if (!allowed) {
      reportUnauthorized(state, planned, at);
      return field.type.nonNull ? NULLED : null;
    }
    if (field.resolver === undefined || state.mode === 'project') {
      return complete(state, planned, field.type, { value: memberOf(parent.source, field.fieldName), path: at });
    }
    return chain(resolveField(state, planned, field.resolver, { source: parent.source, path: at }), (value) => {
      if (value === NULLED) return field.type.nonNull ? NULLED : null;
      return complete(state, planned, field.type, { value, path: at });
    });
  });
}

/** Sources come from clients and tables: only their own members count, never what an object inherits. */
function memberOf(source: unknown, name: string): unknown {
  if (typeof source !== 'object' || source === null || !Object.hasOwn(source, name)) return null;
  return (source as Readonly<Record<string, unknown>>)[name];
}

export function reportUnauthorized(state: RequestState, { nodes, field }: PlannedField, path: Path): void {
  state.errors.push({
    path: pathArray(path),
    data: null,
    errorType: 'Unauthorized',
    errorInfo: null,
    locations: [locationOf(nodes[0])],
    message: `Not Authorized to access ${field?.fieldName} on type ${field?.typeName}`,
  });
}

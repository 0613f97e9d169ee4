import { isObjectType, type GraphQLAbstractType, type GraphQLObjectType } from 'graphql';
import { javaText } from '../schema/javaText.ts';
import { ScalarError } from '../schema/scalars.ts';
import { chain, isPromise, type MaybePromise } from './chain.ts';
import { pathArray, pathText, type Path } from './errors.ts';
import { executeFields } from './execute.ts';
import type { OutputType } from './outputType.ts';
import type { PlannedField } from './plan.ts';
import type { RequestState } from './request.ts';

/** Takes the place of a value that must not be null but is, until a nullable parent absorbs it. Its error is reported. */
export const NULLED = Symbol('nulled');

export interface Resolved {
  readonly value: unknown;
  readonly path: Path;
}

/** The response value of what a resolver returned, or `NULLED` when the null must go to the parent. */
export function complete(
  state: RequestState,
  field: PlannedField,
  type: OutputType,
  resolved: Resolved,
): MaybePromise<unknown> {
  return chain(completeNullable(state, field, type, resolved), (completed) => {
    if (completed === NULLED) return type.nonNull ? NULLED : null;
    if (completed !== null || !type.nonNull) return completed;
    const parent = field.field?.typeName;
    reportValue(
      state,
      resolved.path,
      `Cannot return null for non-nullable type: '${type.name}' within parent '${parent}' (${pathText(resolved.path)})`,
    );
    return NULLED;
  });
}

/** Null: the value is null. `NULLED`: it became null for an error that has been reported. */
function completeNullable(
  state: RequestState,
  field: PlannedField,
  type: OutputType,
  { value, path }: Resolved,
): MaybePromise<unknown> {
  if (value === null || value === undefined) return null;
  switch (type.kind) {
    case 'leaf':
      return completeLeaf(state, type.serialize, { value, path });
    case 'list':
      return completeList(state, field, type.item, { value, path });
    case 'object':
      return executeFields(state, type.type, field.selection(type.type), { source: value, path });
    case 'abstract': {
      const objectType = concreteType(state, type.type, value);
      if (objectType !== undefined) {
        const completed = executeFields(state, objectType, field.selection(objectType), { source: value, path });
        return chain(completed, (object) => {
          if (object !== NULLED) state.concreteTypes.set(object, objectType);
          return object;
        });
      }
      const coordinate = `${field.field?.typeName}.${field.name}`;
      const rule = `Abstract type '${type.name}' must resolve to an Object type at runtime for field '${coordinate}'.`;
      const text = `Can't resolve '${pathText(path)}'. ${rule} Could not determine the exact type of '${type.name}'`;
      reportValue(state, path, text);
      return NULLED;
    }
  }
}

function completeLeaf(state: RequestState, serialize: (value: unknown) => unknown, { value, path }: Resolved): unknown {
  try {
    return serialize(value);
  } catch (error) {
    if (!(error instanceof ScalarError)) throw error;
    reportValue(state, path, `Can't serialize value (${pathText(path)}) : ${error.message}`);
    return NULLED;
  }
}

function completeList(
  state: RequestState,
  field: PlannedField,
  itemType: OutputType,
  { value, path }: Resolved,
): MaybePromise<unknown> {
  if (!Array.isArray(value)) {
    reportValue(state, path, `Can't resolve value (${pathText(path)}) : type mismatch error, expected type LIST`);
    return NULLED;
  }
  const completed = value.map((item: unknown, index) =>
    complete(state, field, itemType, { value: item, path: { parent: path, key: index } }),
  );
  const nulledOr = (items: readonly unknown[]) => (items.includes(NULLED) ? NULLED : items);
  return completed.some(isPromise) ? Promise.all(completed).then(nulledOr) : nulledOr(completed);
}

/** `__typename` in the source selects the type of an interface or union. */
function concreteType(state: RequestState, type: GraphQLAbstractType, value: unknown): GraphQLObjectType | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, '__typename')) return undefined;
  const { schema } = state.compiled;
  const named = schema.getType(javaText((value as Readonly<Record<string, unknown>>).__typename));
  return isObjectType(named) && schema.isSubType(type, named) ? named : undefined;
}

function reportValue(state: RequestState, path: Path, message: string): void {
  state.errors.push({ path: pathArray(path), locations: null, message });
}

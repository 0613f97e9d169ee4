import { getNamedType, isObjectType, Kind, print, type SelectionSetNode } from 'graphql';
import type { PlannedField } from './plan.ts';
import type { RequestState } from './request.ts';

/**
 * `ctx.info.selectionSetList`: paths below the field, aliases instead of names, parents before children. Fragments on
 * the field's own type are flattened; of an interface or union only its own fields count.
 * https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference-js.html
 */
export function selectionSetList(planned: PlannedField): readonly string[] {
  const paths: string[] = [];
  const addFields = (fields: readonly PlannedField[], prefix: string): void => {
    for (const field of fields) {
      paths.push(`${prefix}${field.key}`);
      addFields(selectedBelow(field), `${prefix}${field.key}/`);
    }
  };
  addFields(selectedBelow(planned), '');
  return paths;
}

function selectedBelow(planned: PlannedField): readonly PlannedField[] {
  const type = planned.field && getNamedType(planned.field.definition.type);
  if (type === undefined) return [];
  return isObjectType(type) ? planned.selection(type) : planned.ownSelection();
}

/** `ctx.info.selectionSetGraphQL`: fragments stay as they are written. */
export function selectionSetGraphQL({ nodes }: PlannedField): string {
  const selections = nodes.flatMap((node) => node.selectionSet?.selections ?? []);
  if (selections.length === 0) return '';
  const merged: SelectionSetNode = { kind: Kind.SELECTION_SET, selections };
  return print(merged);
}

/** The `data` of an error, cut down to what the field's selection set asks for. */
export function filterBySelection(state: RequestState, planned: PlannedField, data: unknown): unknown {
  const type = planned.field && getNamedType(planned.field.definition.type);
  if (data === null || data === undefined) return null;
  if (type === undefined || !('getFields' in type || 'getTypes' in type)) return data;
  if (Array.isArray(data)) return data.map((item: unknown) => filterBySelection(state, planned, item));
  if (typeof data !== 'object') return null;
  const source = data as Readonly<Record<string, unknown>>;
  const named = isObjectType(type) ? type : state.compiled.schema.getType(String(source.__typename));
  const fields = isObjectType(named) ? planned.selection(named) : planned.ownSelection();
  const kept: [string, unknown][] = [];
  for (const field of fields) {
    if (Object.hasOwn(source, field.name)) kept.push([field.key, filterBySelection(state, field, source[field.name])]);
  }
  return Object.fromEntries(kept);
}

import { type FieldNode, Kind, parse, type SelectionSetNode, validate, visit } from 'graphql';
import { describe, expect, test } from 'vitest';
import { operations, schema } from './contract.ts';

/** The API's `query_depth_limit`. */
const MAX_DEPTH = 10;

function depthOf(selections: SelectionSetNode | undefined): number {
  const depths = (selections?.selections ?? []).map((selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) throw new Error('fragments are written inline');
    return depthOf(selection.selectionSet) + (selection.kind === Kind.FIELD ? 1 : 0);
  });
  return Math.max(0, ...depths);
}

function selectionsOf(text: string, name: string): string[][] {
  const found: string[][] = [];
  visit(parse(text), {
    Field(node) {
      if (node.name.value === name) {
        const fields = (node.selectionSet?.selections ?? []).filter(
          (field): field is FieldNode => field.kind === Kind.FIELD,
        );
        found.push(fields.map((field) => field.name.value));
      }
    },
  });
  return found;
}

describe.each(operations)('$path', ({ path, text }) => {
  const document = parse(text);

  test('is valid, one operation, named like its file', () => {
    expect(validate(schema, document)).toEqual([]);
    const names = document.definitions.map(
      (definition) => definition.kind === Kind.OPERATION_DEFINITION && definition.name?.value,
    );
    expect(names).toEqual([path.replace('.graphql', '')]);
  });

  test('stays within the depth that the API allows', () => {
    const depths = document.definitions.map((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? depthOf(definition.selectionSet) : 0,
    );
    expect(Math.max(...depths)).toBeLessThanOrEqual(MAX_DEPTH);
  });

  test('asks for the whole of every page info and user error', () => {
    for (const fields of selectionsOf(text, 'pageInfo')) {
      expect(fields).toEqual(['hasNextPage', 'hasPreviousPage', 'startCursor', 'endCursor']);
    }
    for (const fields of selectionsOf(text, 'userErrors')) {
      expect(fields).toEqual(['code', 'message', 'field']);
    }
  });
});

test('every mutation asks for its user errors', () => {
  const silent = operations.filter(
    ({ text }) => /^mutation/m.test(text) && selectionsOf(text, 'userErrors').length === 0,
  );
  expect(silent.map(({ path }) => path)).toEqual([]);
});

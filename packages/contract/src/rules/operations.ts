import { type FieldNode, Kind, type SelectionSetNode, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { Operation } from '../contract/contract.ts';
import type { Rule } from './rule.ts';

/** The API's `query_depth_limit`. */
const MAX_DEPTH = 10;

export const operationNames: Rule = {
  id: 'operation-names',
  reason: 'logs, bills and budgets know an operation by its name, and people look for its file',
  check: ({ operations }) =>
    operations
      .filter(({ name, path }) => path !== `schema/operations/${name}.graphql`)
      .map(({ name, path }) => ({ subject: path, message: `holds ${name}`, remedy: `call the file ${name}.graphql` })),
};

export const operationDepth: Rule = {
  id: 'operation-depth',
  reason: 'the API refuses what is deeper',
  check: ({ operations }) =>
    operations.flatMap(({ path, document }) => {
      const depth = Math.max(
        0,
        ...document.definitions.map((definition) =>
          'selectionSet' in definition ? depthOf(definition.selectionSet) : 0,
        ),
      );
      return depth > MAX_DEPTH
        ? [{ subject: path, message: `is ${depth} deep`, remedy: `stay within ${MAX_DEPTH}` }]
        : [];
    }),
};

function depthOf(selections: SelectionSetNode | undefined): number {
  return Math.max(
    0,
    ...(selections?.selections ?? []).map((selection) =>
      selection.kind === Kind.FRAGMENT_SPREAD
        ? 0
        : depthOf(selection.selectionSet) + (selection.kind === Kind.FIELD ? 1 : 0),
    ),
  );
}

/** What is of use only as a whole. */
const WHOLE: Readonly<Record<string, readonly string[]>> = {
  pageInfo: ['hasNextPage', 'hasPreviousPage', 'startCursor', 'endCursor'],
  userErrors: ['code', 'message', 'field'],
};

export const wholeAnswers: Rule = {
  id: 'whole-answers',
  reason: 'a page that cannot be turned, or an error without its code, is found out by users',
  check: ({ operations }) =>
    operations.flatMap((operation) => [
      ...Object.entries(WHOLE).flatMap(([name, expected]) =>
        selectionsOf(operation, name).flatMap((fields) => {
          const missing = expected.filter((field) => !fields.includes(field));
          return missing.length > 0
            ? [
                {
                  subject: operation.path,
                  message: `asks for ${name} without ${missing.join(', ')}`,
                  remedy: `ask for ${expected.join(', ')}`,
                },
              ]
            : [];
        }),
      ),
      ...(operation.kind === 'mutation' && selectionsOf(operation, 'userErrors').length === 0
        ? [
            {
              subject: operation.path,
              message: 'does not ask for userErrors',
              remedy: 'ask for userErrors { code message field }',
            },
          ]
        : []),
    ]),
};

function selectionsOf({ document }: Operation, name: string): readonly (readonly string[])[] {
  const found: string[][] = [];
  visit(document, {
    Field(node) {
      if (node.name.value !== name) return;
      const fields = (node.selectionSet?.selections ?? []).filter(
        (field): field is FieldNode => field.kind === Kind.FIELD,
      );
      found.push(fields.map((field) => field.name.value));
    },
  });
  return found;
}

export const notDeprecated: Rule = {
  id: 'not-deprecated',
  reason: 'what is persisted today is sent for years, and keeps the field from being removed',
  check: ({ schema, operations }) =>
    operations.flatMap(({ path, document }) => {
      const breaches: { subject: string; message: string; remedy: string }[] = [];
      const types = new TypeInfo(schema);
      visit(
        document,
        visitWithTypeInfo(types, {
          Field() {
            const [parent, field] = [types.getParentType(), types.getFieldDef()];
            if (field?.deprecationReason)
              breaches.push({
                subject: path,
                message: `asks for ${parent?.name}.${field.name}, which is deprecated`,
                remedy: field.deprecationReason,
              });
          },
        }),
      );
      return breaches;
    }),
};

import { optional, requestObject } from '../requestObject.ts';
import { readExpression, type Expression } from './expressions.ts';

/** `projection: { expression, expressionNames }` of a read. */
export function readProjection(value: unknown, path: string): Expression {
  const { expressionNames, expression } = requestObject(value, ['expression', 'expressionNames'], path);
  return readExpression(
    { expression, ...(optional(expressionNames, path, (names) => ({ expressionNames: names })) ?? {}) },
    path,
  );
}

/** The projection with the key attributes added, so that answers can be matched with what was asked for. */
export function withKeyAttributes(projection: Expression, keyNames: readonly string[]) {
  const selected = projection.expression.split(',').map((part) => part.trim());
  const named = new Set(selected.map((part) => projection.names[part] ?? part));
  const added = keyNames.filter((name) => !named.has(name));
  const names = Object.fromEntries(added.map((name, index) => [`#appsyncKey${index}`, name]));
  const expression: Expression = {
    expression: [...selected, ...Object.keys(names)].join(', '),
    names: { ...projection.names, ...names },
    values: {},
  };
  return { expression, added };
}

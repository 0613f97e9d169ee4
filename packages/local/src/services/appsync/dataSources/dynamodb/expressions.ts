import type { JsonObject } from '../../../../json.ts';
import { objectAt, optional, requestObject, stringAt } from '../requestObject.ts';
import { toWireItem, type WireItem } from './typedValues.ts';

/** `{ expression, expressionNames, expressionValues }` of a request. */
export interface Expression {
  readonly expression: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: WireItem;
}

const MEMBERS = ['expression', 'expressionNames', 'expressionValues'];

export function readExpression(value: unknown, path: string, moreMembers: readonly string[] = []): Expression {
  const object = requestObject(value, [...MEMBERS, ...moreMembers], path);
  return {
    expression: stringAt(object.expression, `${path}[expression]`),
    names: optional(object.expressionNames, `${path}[expressionNames]`, readNames) ?? {},
    values: optional(object.expressionValues, `${path}[expressionValues]`, toWireItem) ?? {},
  };
}

function readNames(value: unknown, path: string): Readonly<Record<string, string>> {
  const names: Record<string, string> = {};
  for (const [placeholder, name] of Object.entries(objectAt(value, path))) {
    names[placeholder] = stringAt(name, `${path}[${placeholder}]`);
  }
  return names;
}

/** The names and values of all expressions of one call; empty maps are left out, since DynamoDB refuses them. */
export function placeholders(...expressions: readonly (Expression | undefined)[]): JsonObject {
  const names = Object.assign({}, ...expressions.map((expression) => expression?.names)) as Record<string, string>;
  const values = Object.assign({}, ...expressions.map((expression) => expression?.values)) as WireItem;
  return {
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  };
}

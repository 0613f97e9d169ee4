import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type ValueNode,
} from 'graphql';
import { ScalarError, SCALARS } from '../../schema/scalars.ts';
import { scalarLiteral } from '../input.ts';
import { isNullish } from '../../nullish.ts';

/** Why a literal does not fit its type. */
export interface LiteralProblem {
  /** From the argument to the part at fault: `.name`, `[0].name`. */
  readonly path: string;
  readonly value: ValueNode;
  readonly text: string;
}

export function literalProblem(type: GraphQLInputType, value: ValueNode, path = ''): LiteralProblem | undefined {
  if (value.kind === Kind.VARIABLE) return undefined;
  if (value.kind === Kind.NULL) return isNonNullType(type) ? { path, value, text: 'must not be null' } : undefined;
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    if (value.kind !== Kind.LIST) return literalProblem(nullable.ofType, value, path);
    for (const [index, item] of value.values.entries()) {
      const problem = literalProblem(nullable.ofType, item, `${path}[${index}]`);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }
  if (isInputObjectType(nullable)) return objectProblem(nullable, value, path);
  const valid = isEnumType(nullable)
    ? value.kind === Kind.ENUM && !isNullish(nullable.getValue(value.value))
    : isScalarLiteral(nullable.name, value);
  return valid ? undefined : { path, value, text: `is not a valid '${nullable.name}'` };
}

function isScalarLiteral(typeName: string, value: ValueNode): boolean {
  // GraphQL writes strings in quotes; only JSON variables may use a number or a boolean for one.
  if (typeName === 'String' && value.kind !== Kind.STRING) return false;
  try {
    SCALARS.get(typeName)?.parse(scalarLiteral(value));
    return true;
  } catch (error) {
    if (error instanceof ScalarError) return false;
    throw error;
  }
}

function objectProblem(type: GraphQLInputObjectType, value: ValueNode, path: string): LiteralProblem | undefined {
  if (value.kind !== Kind.OBJECT) return { path, value, text: 'must be an object type' };
  const fields = type.getFields();
  const given = new Set(value.fields.map((field) => field.name.value));
  const missing = Object.values(fields).filter(
    (field) => isNonNullType(field.type) && field.defaultValue === undefined && !given.has(field.name),
  );
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(', ');
    return { path, value, text: `is missing required fields '[${names}]'` };
  }
  for (const { name, value: member } of value.fields) {
    const field = Object.hasOwn(fields, name.value) ? fields[name.value] : undefined;
    if (field === undefined) {
      return { path, value, text: `contains a field not in '${type.name}': '${name.value}'` };
    }
    const problem = literalProblem(field.type, member, `${path}.${name.value}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** A literal as graphql-java's AST classes print themselves. */
export function valueText(node: ValueNode): string {
  switch (node.kind) {
    case Kind.STRING:
      return `StringValue{value='${node.value}'}`;
    case Kind.INT:
      return `IntValue{value=${node.value}}`;
    case Kind.FLOAT:
      return `FloatValue{value=${node.value}}`;
    case Kind.BOOLEAN:
      return `BooleanValue{value=${node.value}}`;
    case Kind.ENUM:
      return `EnumValue{name='${node.value}'}`;
    case Kind.NULL:
      return 'NullValue{}';
    case Kind.VARIABLE:
      return `VariableReference{name='${node.name.value}'}`;
    case Kind.LIST:
      return `ArrayValue{values=[${node.values.map(valueText).join(', ')}]}`;
    case Kind.OBJECT: {
      const fields = node.fields.map(
        ({ name, value }) => `ObjectField{name='${name.value}', value=${valueText(value)}}`,
      );
      return `ObjectValue{objectFields=[${fields.join(', ')}]}`;
    }
  }
}

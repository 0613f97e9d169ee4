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
import { javaText, javaTypeName } from '../schema/javaText.ts';
import { ScalarError, SCALARS } from '../schema/scalars.ts';
import { isNullish } from '../nullish.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** A variable's value that its type refuses. `message` is the whole sentence of graphql-java, without location. */
export class VariableError extends Error {
  /** Refusals of unknown members of input objects carry no location. */
  readonly located: boolean;

  constructor(message: string, located = true) {
    super(message);
    this.located = located;
  }
}

/** What messages call a value: AppSync names the innermost field that is bad, but the variable when a value is missing. */
interface Names {
  readonly variable: string;
  readonly field: string;
}

/** The value a resolver gets for `value`, given as JSON for the variable `name`. Throws `VariableError`. */
export function coerceVariable(type: GraphQLInputType, value: unknown, name: string): unknown {
  return coerce(type, value, { variable: name, field: name });
}

function coerce(type: GraphQLInputType, value: unknown, names: Names): unknown {
  if (value === undefined || value === null) {
    if (!isNonNullType(type)) return null;
    throw missing(names, type);
  }
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const items = Array.isArray(value) ? value : [value];
    return items.map((item) => coerce(nullable.ofType, item, names));
  }
  if (isInputObjectType(nullable)) return coerceInputObject(nullable, value, names);
  if (isEnumType(nullable)) {
    if (typeof value === 'string' && !isNullish(nullable.getValue(value))) return value;
    throw invalid(names, `Invalid input for Enum '${nullable.name}'. No value found for name '${javaText(value)}'`);
  }
  try {
    return SCALARS.get(nullable.name)?.parse(value);
  } catch (error) {
    if (error instanceof ScalarError) throw invalid(names, error.message);
    throw error;
  }
}

const invalid = ({ field }: Names, why: string): VariableError =>
  new VariableError(`Variable '${field}' has an invalid value. ${why}`);

const missing = ({ variable }: Names, type: GraphQLInputType): VariableError =>
  new VariableError(`Variable '${variable}' has coerced Null value for NonNull type '${type}'`);

function coerceInputObject(type: GraphQLInputObjectType, value: unknown, names: Names): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const why = `Expected type 'Map' but was '${javaTypeName(value)}'.`;
    throw invalid(names, `${why} Variables for input objects must be an instance of type 'Map'.`);
  }
  const fields = type.getFields();
  if (Object.keys(value).some((key) => !Object.hasOwn(fields, key))) {
    const text = `The variables input contains a field that is not defined for input object type '${type.name}' `;
    throw new VariableError(text, false);
  }
  const given = value as Readonly<Record<string, unknown>>;
  const coerced: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(fields)) {
    if (Object.hasOwn(given, key)) {
      coerced[key] = coerce(field.type, given[key], { variable: names.variable, field: key });
    } else if (field.astNode?.defaultValue !== undefined) {
      coerced[key] = coerceLiteral(field.type, field.astNode.defaultValue, {});
    } else if (isNonNullType(field.type)) {
      throw missing(names, field.type);
    }
  }
  return coerced;
}

/**
 * The value a resolver gets for a literal that validation has accepted. Variables that were not given count as null,
 * which is what AppSync hands to resolvers.
 */
export function coerceLiteral(type: GraphQLInputType, node: ValueNode, variables: Variables): unknown {
  if (node.kind === Kind.VARIABLE) return variables[node.name.value] ?? null;
  if (node.kind === Kind.NULL) return null;
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const items = node.kind === Kind.LIST ? node.values : [node];
    return items.map((item) => coerceLiteral(nullable.ofType, item, variables));
  }
  if (isInputObjectType(nullable)) return coerceObjectLiteral(nullable, node, variables);
  if (isEnumType(nullable)) return node.kind === Kind.ENUM ? node.value : null;
  return SCALARS.get(nullable.name)?.parse(scalarLiteral(node));
}

function coerceObjectLiteral(
  type: GraphQLInputObjectType,
  node: ValueNode,
  variables: Variables,
): Record<string, unknown> {
  const given = new Map(node.kind === Kind.OBJECT ? node.fields.map((field) => [field.name.value, field.value]) : []);
  const coerced: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(type.getFields())) {
    const value = given.get(key);
    const absent = value === undefined || (value.kind === Kind.VARIABLE && !Object.hasOwn(variables, value.name.value));
    if (absent && field.astNode?.defaultValue !== undefined) {
      coerced[key] = coerceLiteral(field.type, field.astNode.defaultValue, {});
    } else if (value !== undefined) {
      coerced[key] = coerceLiteral(field.type, value, variables);
    }
  }
  return coerced;
}

/** The JSON value of a literal of a scalar type; undefined for an object, a list or an enum value. */
export function scalarLiteral(node: ValueNode): unknown {
  switch (node.kind) {
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.STRING:
    case Kind.BOOLEAN:
      return node.value;
    default:
      return undefined;
  }
}

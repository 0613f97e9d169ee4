import {
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  type GraphQLAbstractType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';
import { javaText } from '../schema/javaText.ts';
import { ScalarError, SCALARS } from '../schema/scalars.ts';

/** A field's type, taken apart once, since `instanceof` chains per value are what executors spend their time on. */
export type OutputType = { readonly nonNull: boolean; readonly name: string } & (
  | { readonly kind: 'leaf'; readonly serialize: (value: unknown) => unknown }
  | { readonly kind: 'object'; readonly type: GraphQLObjectType }
  | { readonly kind: 'abstract'; readonly type: GraphQLAbstractType }
  | { readonly kind: 'list'; readonly item: OutputType }
);

export function outputType(type: GraphQLOutputType): OutputType {
  if (isNonNullType(type)) return { ...outputType(type.ofType as GraphQLOutputType), nonNull: true };
  const common = { nonNull: false, name: String(type) };
  if (isListType(type)) return { ...common, kind: 'list', item: outputType(type.ofType) };
  if (isObjectType(type)) return { ...common, kind: 'object', type };
  if (isScalarType(type)) {
    const scalar = SCALARS.get(type.name);
    if (scalar === undefined) throw new Error(`no scalar ${type.name}`);
    return { ...common, kind: 'leaf', serialize: scalar.serialize };
  }
  if (isEnumType(type)) {
    const names = new Set(type.getValues().map(({ name }) => name));
    return { ...common, kind: 'leaf', serialize: (value) => serializeEnum(names, type.name, value) };
  }
  return { ...common, kind: 'abstract', type };
}

function serializeEnum(names: ReadonlySet<string>, typeName: string, value: unknown): string {
  if (typeof value === 'string' && names.has(value)) return value;
  throw new ScalarError(`Invalid input for Enum '${typeName}'. Unknown value '${javaText(value)}'`);
}

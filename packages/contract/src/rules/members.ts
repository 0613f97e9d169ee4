import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isEnumType,
} from 'graphql';

/** What rules look at: members of a schema with their coordinates. */

export type Field = GraphQLField<unknown, unknown>;
export type Located<T> = readonly [coordinate: string, member: T];

/** The contract's own types: neither introspection's nor scalars. */
export const typesOf = (schema: GraphQLSchema): readonly GraphQLNamedType[] =>
  Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith('__') && !isScalarType(type))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

export const objectTypesOf = (schema: GraphQLSchema): readonly GraphQLObjectType[] =>
  typesOf(schema).filter(isObjectType);

export const fieldsOf = (type: GraphQLObjectType | null | undefined): readonly Field[] =>
  Object.values(type?.getFields() ?? {});

export const mutationsOf = (schema: GraphQLSchema): readonly Field[] => fieldsOf(schema.getMutationType());

export const rootFieldsOf = (schema: GraphQLSchema): readonly Located<Field>[] =>
  [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    fieldsOf(type).map((field) => [`${type?.name}.${field.name}`, field] as const),
  );

/** Every field that can be selected. */
export const outputFieldsOf = (schema: GraphQLSchema): readonly Located<Field>[] =>
  typesOf(schema).flatMap((type) =>
    isObjectType(type) || isInterfaceType(type)
      ? Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field] as const)
      : [],
  );

/** Everything that clients send: arguments, and fields of inputs. */
export const inputsOf = (schema: GraphQLSchema): readonly Located<GraphQLArgument | GraphQLInputField>[] => [
  ...outputFieldsOf(schema).flatMap(([coordinate, { args }]) =>
    args.map((argument) => [`${coordinate}.${argument.name}`, argument] as const),
  ),
  ...typesOf(schema)
    .filter(isInputObjectType)
    .flatMap((type) => Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field] as const)),
];

interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
}

/** Everything that a front end reads the description of. */
export const describedOf = (schema: GraphQLSchema): readonly Located<Described>[] =>
  typesOf(schema).flatMap((type) => {
    const own: Located<Described> = [type.name, type];
    if (isEnumType(type))
      return [own, ...type.getValues().map((value) => [`${type.name}.${value.name}`, value] as const)];
    if (isInputObjectType(type))
      return [own, ...Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field] as const)];
    if (!isObjectType(type) && !isInterfaceType(type)) return [own];
    return [
      own,
      ...Object.values(type.getFields()).flatMap((field) => [
        [`${type.name}.${field.name}`, field] as const,
        ...field.args.map((argument) => [`${type.name}.${field.name}.${argument.name}`, argument] as const),
      ]),
    ];
  });

export const isList = (type: GraphQLOutputType | GraphQLInputType): boolean =>
  isListType(isNonNullType(type) ? type.ofType : type);

/** `displayName` and `DISPLAY_NAME` become display, name. */
export const wordsOf = (text: string): readonly string[] =>
  text
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** What only workers call: its payload is what subscribers are sent. */
export const isPublication = ({ name }: Pick<Field, 'name'>): boolean => name.startsWith('publish');

import {
  type DocumentNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInputType,
  Kind,
  typeFromAST,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Contract } from '../contract/contract.ts';

/**
 * Which operations depend on what, by schema coordinate: `Post`, `Post.author`, `Query.post.id`, `CreatePostInput.body`,
 * `Visibility.PUBLIC`. Names of operations, sorted. A variable may hold whatever its type allows, so all of its type is used; whoever
 * reads an enum depends on the enum and on none of its values.
 */
export function usesOf({
  schema,
  operations,
}: Pick<Contract, 'schema' | 'operations'>): ReadonlyMap<string, readonly string[]> {
  const uses = new Map<string, string[]>();
  for (const { name, document } of operations)
    for (const coordinate of coordinatesOf(schema, document)) {
      const users = uses.get(coordinate);
      if (users) users.push(name);
      else uses.set(coordinate, [name]);
    }
  return uses;
}

/** What a document depends on. */
export function coordinatesOf(schema: GraphQLSchema, document: DocumentNode): ReadonlySet<string> {
  const found = new Set<string>();
  const types = new TypeInfo(schema);
  const input = (type: GraphQLNamedType | undefined): void => {
    if (!type || found.has(type.name)) return;
    found.add(type.name);
    if (isEnumType(type)) for (const { name } of type.getValues()) found.add(`${type.name}.${name}`);
    if (!isInputObjectType(type)) return;
    for (const field of Object.values(type.getFields())) {
      found.add(`${type.name}.${field.name}`);
      input(getNamedType(field.type));
    }
  };
  visit(
    document,
    visitWithTypeInfo(types, {
      Field({ name }) {
        const parent = types.getParentType();
        const field = types.getFieldDef();
        if (!parent || !field || name.value.startsWith('__')) return;
        const possible = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [];
        for (const { name: type } of [parent, ...possible]) found.add(`${type}.${name.value}`).add(type);
        const type = getNamedType(field.type);
        found.add(type.name);
      },
      Argument({ name }) {
        const [parent, field] = [types.getParentType(), types.getFieldDef()];
        if (parent && field) found.add(`${parent.name}.${field.name}.${name.value}`);
      },
      ObjectField({ name }) {
        const parent = types.getParentInputType();
        if (parent) found.add(getNamedType(parent).name).add(`${getNamedType(parent).name}.${name.value}`);
      },
      EnumValue({ value }) {
        const type = types.getInputType();
        if (type) found.add(`${getNamedType(type).name}.${value}`);
      },
      VariableDefinition({ type: node }) {
        const type = node.kind === Kind.NON_NULL_TYPE ? node.type : node;
        const named = typeFromAST(schema, type as never);
        if (isInputType(named)) input(getNamedType(named));
      },
      FragmentDefinition({ typeCondition }) {
        found.add(typeCondition.name.value);
      },
      InlineFragment({ typeCondition }) {
        if (typeCondition) found.add(typeCondition.name.value);
      },
    }),
  );
  return found;
}

/** Names of the operations that depend on a coordinate, in any of several contracts. */
export const usersOf = (
  coordinate: string,
  ...uses: readonly ReadonlyMap<string, readonly string[]>[]
): readonly string[] => [...new Set(uses.flatMap((each) => each.get(coordinate) ?? []))].sort();

import {
  Kind,
  parse,
  print,
  Source,
  type DefinitionNode,
  type DocumentNode,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
} from 'graphql';

export interface SchemaFile {
  /** Shown in errors. */
  readonly path: string;
  readonly text: string;
}

/**
 * One SDL text for `aws_appsync_graphql_api.schema`. AppSync knows no `extend type`, so what the files add to Query,
 * Mutation and Subscription is folded into them; descriptions and AppSync's directives stay. The declarations in
 * appsync.graphql must not be among the files.
 *
 * @throws when two files define the same type or add the same field, or extend what no file defines.
 */
export function mergeSchema(files: readonly SchemaFile[]): string {
  return `${print(mergeDocuments(files))}\n`;
}

function mergeDocuments(files: readonly SchemaFile[]): DocumentNode {
  const definitions = new Map<string, DefinitionNode>();
  const extensions: { path: string; node: ObjectTypeExtensionNode }[] = [];
  for (const { path, text } of files) {
    for (const node of parse(new Source(text, path), { noLocation: true }).definitions) {
      if (node.kind === Kind.OBJECT_TYPE_EXTENSION) {
        extensions.push({ path, node });
        continue;
      }
      const name = nameOf(node);
      if (definitions.has(name)) {
        throw new Error(`${path}: ${name} is defined in another file, too`);
      }
      definitions.set(name, node);
    }
  }
  for (const { path, node } of extensions) {
    const base = definitions.get(node.name.value);
    if (base?.kind !== Kind.OBJECT_TYPE_DEFINITION) {
      throw new Error(`${path}: extends ${node.name.value}, which no file defines as a type`);
    }
    definitions.set(node.name.value, fold(base, node, path));
  }
  return { kind: Kind.DOCUMENT, definitions: [...definitions.values()] };
}

function fold(base: ObjectTypeDefinitionNode, added: ObjectTypeExtensionNode, path: string): ObjectTypeDefinitionNode {
  const fields = base.fields ?? [];
  for (const field of added.fields ?? []) {
    if (fields.some((other) => other.name.value === field.name.value)) {
      throw new Error(`${path}: ${base.name.value}.${field.name.value} is defined in another file, too`);
    }
  }
  return {
    ...base,
    interfaces: [...(base.interfaces ?? []), ...(added.interfaces ?? [])],
    directives: [...(base.directives ?? []), ...(added.directives ?? [])],
    fields: [...fields, ...(added.fields ?? [])],
  };
}

function nameOf(node: DefinitionNode): string {
  if (node.kind === Kind.SCHEMA_DEFINITION) {
    return 'schema';
  }
  if ('name' in node && node.name !== undefined && node.kind !== Kind.OPERATION_DEFINITION) {
    return node.name.value;
  }
  throw new Error(`a schema file may hold type definitions and extensions of object types, not ${node.kind}`);
}

import { createHash } from 'node:crypto';
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  OperationTypeNode,
  parse,
  Source,
  stripIgnoredCharacters,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { SchemaFile } from './merge.ts';

/** An operation that the CDN answers: it has one answer for everyone. */
export interface PublicOperation {
  readonly name: string;
  readonly public: true;
  /** How long caches shared by everyone may keep an answer. */
  readonly cacheSeconds: number;
  /** Names, sorted. No others are accepted, so that nobody makes a cache miss by inventing one. */
  readonly variables: readonly string[];
  /** What the hash is of. */
  readonly document: string;
}

export interface PrivateOperation {
  readonly name: string;
  readonly public: false;
}

export type PersistedOperation = PublicOperation | PrivateOperation;

/** By hash: lower-case hexadecimal SHA-256 of the document without ignored characters (`stripIgnoredCharacters`). */
export type Manifest = Readonly<Record<string, PersistedOperation>>;

/** What the distribution's cache policy keeps at most. */
export const MAX_CACHE_SECONDS = 60;

/**
 * The operations of `schema/operations`, one per file. Public are queries of which every selected field lets in callers by
 * API key and none depends on the viewer; they say how long they are cached in a line `# cache: SECONDS`.
 *
 * @throws Error naming the file: a public operation without that line, another one with it, or seconds out of 1-60.
 */
export function persistedOperations(schema: GraphQLSchema, files: readonly SchemaFile[]): Manifest {
  const entries = files.map(({ path, text }) => [hashOf(text), operation(schema, path, text)] as const);
  return Object.fromEntries(entries.sort(([, a], [, b]) => (a.name < b.name ? -1 : 1)));
}

export function hashOf(document: string): string {
  return createHash('sha256').update(stripIgnoredCharacters(document)).digest('hex');
}

function operation(schema: GraphQLSchema, path: string, text: string): PersistedOperation {
  const document = parse(new Source(text, path));
  const [definition] = document.definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION || !definition.name || document.definitions.length > 1)
    throw new Error(`${path} must hold one operation with a name`);
  const name = definition.name.value;
  const cacheSeconds = cacheSecondsOf(path, text);
  if (definition.operation !== OperationTypeNode.QUERY || privateFields(schema, document).length > 0) {
    if (cacheSeconds === null) return { name, public: false };
    const why = privateFields(schema, document)[0] ?? `a ${definition.operation}`;
    throw new Error(`${path} says "# cache" and has no answer for everyone: ${why}`);
  }
  if (cacheSeconds === null)
    throw new Error(`${path} can be read by everyone: say in a line "# cache: SECONDS" how long it may be kept`);
  const variables = (definition.variableDefinitions ?? []).map(({ variable }) => variable.name.value).sort();
  return { name, public: true, cacheSeconds, variables, document: stripIgnoredCharacters(text) };
}

function cacheSecondsOf(path: string, text: string): number | null {
  const [, stated] = /^#\s*cache:\s*(.*?)\s*$/m.exec(text) ?? [];
  if (stated === undefined) return null;
  const seconds = /^\d{1,3}$/.test(stated) ? Number(stated) : 0;
  if (seconds < 1 || seconds > MAX_CACHE_SECONDS)
    throw new Error(`${path} says "# cache: ${stated}", which must be 1 to ${MAX_CACHE_SECONDS} seconds`);
  return seconds;
}

/** The coordinates of selected fields that the public may not read, or whose value is another for each viewer. */
function privateFields(schema: GraphQLSchema, document: DocumentNode): string[] {
  const types = new TypeInfo(schema);
  const found: string[] = [];
  visit(
    document,
    visitWithTypeInfo(types, {
      Field(node) {
        const [parent, field] = [types.getParentType(), types.getFieldDef()];
        if (!parent || !field) throw new Error(`${node.name.value} is not in the schema`);
        if (field.name.startsWith('__')) return;
        if (dependsOnViewer(field) || !isOpen(schema, parent, field)) found.push(`${parent.name}.${field.name}`);
      },
    }),
  );
  return found;
}

/** The schema's names for it: `viewer`, `viewerHasLiked`. */
const dependsOnViewer = ({ name }: GraphQLField<unknown, unknown>): boolean => /^viewer([A-Z]|$)/.test(name);

/** A field's own directives decide; without any, those of its type. What may be one of several types is as open as the least open. */
function isOpen(schema: GraphQLSchema, parent: GraphQLCompositeType, field: GraphQLField<unknown, unknown>): boolean {
  const own = modesOf(field.astNode?.directives);
  if (own.length > 0) return own.includes('aws_api_key');
  const possible = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
  return possible.every(({ astNode }) => modesOf(astNode?.directives).includes('aws_api_key'));
}

function modesOf(directives: readonly ConstDirectiveNode[] = []): string[] {
  return directives
    .map(({ name }) => name.value)
    .filter((name) => ['aws_api_key', 'aws_iam', 'aws_cognito_user_pools', 'aws_oidc', 'aws_lambda'].includes(name));
}

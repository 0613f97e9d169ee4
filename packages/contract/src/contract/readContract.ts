import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildASTSchema,
  concatAST,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  parse,
  print,
  Source,
  validate,
  validateSchema,
} from 'graphql';
import { validateSDL } from 'graphql/validation/validate.js';
import { mergeSchema, type SchemaFile } from '../../../../schema/merge.ts';
import { hashOf } from '../../../../schema/persistedOperations.ts';
import { BadInput } from '../badInput.ts';
import type { Contract, Operation } from './contract.ts';

/** Declares AppSync's own scalars and directives for tools. */
const DECLARATIONS = 'schema/appsync.graphql';
const OPERATIONS = 'schema/operations';

/**
 * The contract in a checkout's folder.
 * @throws BadInput with file, line and column: what does not parse, what GraphQL does not allow.
 */
export function readContract(root: string): Contract {
  const all = graphqlFiles(root, 'schema');
  if (all.length === 0) throw new BadInput(`${join(root, 'schema')} has no .graphql file: is it a checkout of Hiroba?`);
  const document = concatAST(all.map(parsed));
  refuse(validateSDL(document));
  const schema = buildASTSchema(document, { assumeValidSDL: true });
  refuse(validateSchema(schema));
  const files = all.filter(({ path }) => path !== DECLARATIONS);
  const operations = graphqlFiles(root, OPERATIONS).map((file) => operationOf(file, schema));
  return { files, sdl: mergeSchema(files), schema, operations };
}

/** @throws BadInput where a persisted operation asks for what the schema does not have. */
export function requireValid({ operations }: Contract): void {
  const errors = operations.flatMap((operation) => operation.errors);
  if (errors.length > 0)
    throw new BadInput(
      `${errors.join('\n')}\nAsk for what the schema has, or keep the field for as long as the operation is sent.`,
    );
}

function graphqlFiles(root: string, folder: string): SchemaFile[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.graphql'))
    .sort()
    .map((name) => ({ path: `${folder}/${name}`, text: readFileSync(join(root, folder, name), 'utf8') }));
}

function operationOf({ path, text }: SchemaFile, schema: GraphQLSchema): Operation {
  const document = parsed({ path, text });
  const [definition, ...others] = document.definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION || !definition.name || others.length > 0)
    throw new BadInput(`${path} must hold one operation with a name, and nothing else.`);
  return {
    name: definition.name.value,
    kind: definition.operation,
    path,
    text,
    document,
    hash: hashOf(text),
    errors: validate(schema, document).map(located),
  };
}

function parsed({ path, text }: SchemaFile): ReturnType<typeof parse> {
  try {
    return parse(new Source(text, path));
  } catch (error) {
    if (error instanceof GraphQLError) throw new BadInput(located(error));
    throw error;
  }
}

function refuse(errors: readonly GraphQLError[]): void {
  if (errors.length > 0) throw new BadInput(errors.map(located).join('\n'));
}

/** `schema/post.graphql:3:5 Unknown type "Pots". Did you mean "Post"?` */
function located({ message, source, nodes, locations }: GraphQLError): string {
  const file = source?.name ?? nodes?.[0]?.loc?.source.name;
  const [at] = locations ?? [];
  if (file !== undefined && at !== undefined) return `${file}:${at.line}:${at.column} ${message}`;
  const [node] = nodes ?? [];
  return node === undefined ? message : `${message}\n${print(node)}`;
}

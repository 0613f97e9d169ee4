import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildASTSchema, concatAST, GraphQLError, parse, Source, validateSchema } from 'graphql';
import { validateSDL } from 'graphql/validation/validate.js';
import { mergeSchema, type SchemaFile } from '../schema/merge.ts';
import { SynthError, type Problem } from './synthError.ts';

/** Declares AppSync's own scalars and directives for tools; AppSync refuses a schema that declares them. */
const APPSYNC_DECLARATIONS = 'appsync.graphql';

/**
 * The SDL to upload, from the files of `schema/`.
 * @throws SynthError with file, line and column for what GraphQL does not allow.
 */
export function readSchema(root: string): string {
  const folder = join(root, 'schema');
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file): SchemaFile => ({ path: `schema/${file}`, text: readFileSync(join(folder, file), 'utf8') }));
  assertValid(files);
  return mergeSchema(files.filter(({ path }) => path !== `schema/${APPSYNC_DECLARATIONS}`));
}

function assertValid(files: readonly SchemaFile[]): void {
  const documents = files.map(({ path, text }) => parsed(path, text));
  const document = concatAST(documents);
  refuse(validateSDL(document));
  refuse(validateSchema(buildASTSchema(document, { assumeValidSDL: true })));
}

function parsed(path: string, text: string): ReturnType<typeof parse> {
  try {
    return parse(new Source(text, path));
  } catch (error) {
    if (error instanceof GraphQLError) throw new SynthError([problemOf(error)]);
    throw error;
  }
}

function refuse(errors: readonly GraphQLError[]): void {
  if (errors.length > 0) throw new SynthError(errors.map(problemOf));
}

function problemOf({ message, source, locations }: GraphQLError): Problem {
  const [location] = locations ?? [];
  return source && location ? { message, at: { file: source.name, ...location } } : { message };
}

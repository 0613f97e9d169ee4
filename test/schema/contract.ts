import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, type GraphQLField, type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql';
import { mergeSchema } from '../../schema/merge.ts';

/** The contract as the files say it, for rules to be checked on. */

const FOLDER = join(import.meta.dirname, '../../schema');
const DECLARATIONS = 'appsync.graphql';

const filesOf = (folder: string) =>
  readdirSync(folder)
    .filter((path) => path.endsWith('.graphql'))
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));

/** What is uploaded. */
export const uploaded: string = mergeSchema(filesOf(FOLDER).filter(({ path }) => path !== DECLARATIONS));

export const declarations: string = readFileSync(join(FOLDER, DECLARATIONS), 'utf8');
export const schema: GraphQLSchema = buildSchema(`${declarations}\n${uploaded}`);

export type Field = GraphQLField<unknown, unknown>;

const fieldsOf = (type: GraphQLObjectType): Field[] => Object.values(type.getFields());
export const queries = fieldsOf(rootType('Query'));
export const mutations = fieldsOf(rootType('Mutation'));
export const subscriptions = fieldsOf(rootType('Subscription'));

function rootType(name: string): GraphQLObjectType {
  const type = schema.getType(name);
  if (!isObjectType(type)) {
    throw new Error(`${name} is missing`);
  }
  return type;
}

import {
  buildASTSchema,
  concatAST,
  GraphQLError,
  isObjectType,
  Kind,
  parse,
  validateSchema,
  type DocumentNode,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { DeploymentRefused } from '../deploymentRefused.ts';
import { APPSYNC_DEFINITIONS } from './definitions.ts';
import { isNullish } from '../nullish.ts';

/** The executable schema of an uploaded SDL. Throws `DeploymentRefused` for what AppSync refuses to deploy. */
export function buildSchema(sdl: string, apiName: string): GraphQLSchema {
  const problem = (text: string): string => `schema of ${apiName}: ${text}`;
  const uploaded = parseSdl(sdl, problem);
  const refused = refusedDefinitions(uploaded);
  if (refused.length > 0) throw new DeploymentRefused(refused.map(problem));
  const schema = assemble(uploaded, problem);
  const invalid = validateSchema(schema).filter((error) => !error.message.startsWith('Query root type'));
  if (isNullish(schema.getQueryType())) {
    throw new DeploymentRefused([problem('There is no top level schema object defined (it needs a Query type).')]);
  }
  if (invalid.length > 0) throw new DeploymentRefused(invalid.map((error) => problem(located(error))));
  return schema;
}

function parseSdl(sdl: string, problem: (text: string) => string): DocumentNode {
  try {
    return parse(sdl);
  } catch (error) {
    if (error instanceof GraphQLError) throw new DeploymentRefused([problem(located(error))]);
    throw error;
  }
}

function assemble(uploaded: DocumentNode, problem: (text: string) => string): GraphQLSchema {
  try {
    return buildASTSchema(concatAST([parse(APPSYNC_DEFINITIONS), uploaded]));
  } catch (error) {
    // graphql-js reports every violation of the SDL rules in one plain Error.
    if (error instanceof Error) throw new DeploymentRefused(error.message.split('\n\n').map(problem));
    throw error;
  }
}

function refusedDefinitions(uploaded: DocumentNode): readonly string[] {
  const refused: string[] = [];
  for (const definition of uploaded.definitions) {
    if (definition.kind === Kind.SCALAR_TYPE_DEFINITION) {
      refused.push(`custom scalar ${definition.name.value}: AppSync has no custom scalars, and declares its own`);
    } else if ('name' in definition && definition.name?.value.toUpperCase().startsWith('AWS')) {
      if (definition.kind === Kind.DIRECTIVE_DEFINITION) {
        refused.push(`@${definition.name.value}: AppSync declares its own directives; leave them out of the upload`);
      } else {
        refused.push(`type ${definition.name.value}: type names must not start with AWS`);
      }
    }
  }
  return refused;
}

function located(error: GraphQLError): string {
  const at = error.locations?.[0];
  return at === undefined ? error.message : `${error.message} (line ${at.line}, column ${at.column})`;
}

/** The mutations a subscription field names in @aws_subscribe, by mutation field: the subscription fields it feeds. */
export function subscriptionsByMutation(schema: GraphQLSchema): ReadonlyMap<string, readonly string[]> {
  const byMutation = new Map<string, string[]>();
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    const directive = field.astNode?.directives?.find(({ name }) => name.value === 'aws_subscribe');
    const mutations = directive?.arguments?.find(({ name }) => name.value === 'mutations')?.value;
    const names = mutations?.kind === Kind.LIST ? mutations.values : mutations === undefined ? [] : [mutations];
    for (const mutation of names) {
      if (mutation.kind !== Kind.STRING) continue;
      byMutation.set(mutation.value, [...(byMutation.get(mutation.value) ?? []), field.name]);
    }
  }
  return byMutation;
}

/** What is wrong with the @aws_subscribe directives: an unknown mutation, or one of another type. */
export function subscriptionProblems(schema: GraphQLSchema): readonly string[] {
  const problems: string[] = [];
  const mutations = schema.getMutationType()?.getFields() ?? {};
  const subscriptions = schema.getSubscriptionType()?.getFields() ?? {};
  for (const [mutationName, fields] of subscriptionsByMutation(schema)) {
    const mutation = Object.hasOwn(mutations, mutationName) ? mutations[mutationName] : undefined;
    for (const field of fields) {
      if (mutation === undefined) {
        problems.push(`Subscription.${field}: @aws_subscribe names the mutation ${mutationName}, which does not exist`);
      } else if (nullable(mutation.type) !== nullable(subscriptions[field]?.type)) {
        problems.push(
          `Subscription.${field}: its type must be ${nullable(mutation.type)}, as Mutation.${mutationName}`,
        );
      }
    }
  }
  return problems;
}

const nullable = (type: unknown): string => String(type).replace(/!$/, '');

export function objectTypes(schema: GraphQLSchema): readonly GraphQLObjectType[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('__'));
}

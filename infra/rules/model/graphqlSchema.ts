import { buildASTSchema, concatAST, GraphQLError, Kind, parse, validateSchema, type DocumentNode } from 'graphql';
import { validateSDL } from 'graphql/validation/validate.js';

/** What AppSync declares itself. https://docs.aws.amazon.com/appsync/latest/devguide/scalars.html and directives of its authorization modes. */
const APPSYNC = parse(`
  scalar AWSDate
  scalar AWSTime
  scalar AWSDateTime
  scalar AWSTimestamp
  scalar AWSEmail
  scalar AWSJSON
  scalar AWSPhone
  scalar AWSURL
  scalar AWSIPAddress
  directive @aws_api_key on OBJECT | FIELD_DEFINITION
  directive @aws_iam on OBJECT | FIELD_DEFINITION
  directive @aws_oidc on OBJECT | FIELD_DEFINITION
  directive @aws_lambda on OBJECT | FIELD_DEFINITION
  directive @aws_auth(cognito_groups: [String!]) on FIELD_DEFINITION
  directive @aws_cognito_user_pools(cognito_groups: [String!]) on OBJECT | FIELD_DEFINITION
  directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION
`);

interface Read {
  readonly fields: ReadonlyMap<string, ReadonlySet<string>>;
  readonly publicQueries: ReadonlySet<string>;
  readonly problem?: string;
}

const known = new Map<string, Read>();

/** Field names by object type; empty when the schema cannot be read. */
export function fieldsOf(schema: string): ReadonlyMap<string, ReadonlySet<string>> {
  return read(schema).fields;
}

/** The fields of Query that an API key opens. */
export function publicQueriesOf(schema: string): ReadonlySet<string> {
  return read(schema).publicQueries;
}

/** Why GraphQL or AppSync would not take the schema, with the line. */
export function schemaProblem(schema: string): string | undefined {
  return read(schema).problem;
}

/** Targets share one schema, and every resolver asks for it. */
function read(schema: string): Read {
  const before = known.get(schema);
  if (before) return before;
  const result = readAnew(schema);
  known.set(schema, result);
  return result;
}

function readAnew(schema: string): Read {
  let document: DocumentNode;
  try {
    document = parse(schema);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { fields: new Map(), publicQueries: new Set(), problem: described(error) };
  }
  const whole = concatAST([document, APPSYNC]);
  const [error] = validateSDL(whole);
  const wrong = error ?? validateSchema(buildASTSchema(whole, { assumeValidSDL: true }))[0];
  const publicQueries = publicQueriesOfDocument(document);
  return { fields: fieldsOfDocument(document), publicQueries, ...(wrong ? { problem: described(wrong) } : {}) };
}

function described({ message, locations }: GraphQLError): string {
  const [at] = locations ?? [];
  return at ? `${message} (line ${at.line})` : message;
}

const typesOf = ({ definitions }: DocumentNode) =>
  definitions.flatMap((node) => (node.kind === Kind.OBJECT_TYPE_DEFINITION ? [node] : []));

function publicQueriesOfDocument(document: DocumentNode): Set<string> {
  const fields = typesOf(document).flatMap(({ name, fields: own = [] }) => (name.value === 'Query' ? own : []));
  const open = fields.filter(({ directives = [] }) => directives.some(({ name }) => name.value === 'aws_api_key'));
  return new Set(open.map(({ name }) => name.value));
}

function fieldsOfDocument(document: DocumentNode): Map<string, ReadonlySet<string>> {
  const types = typesOf(document);
  return new Map(types.map(({ name, fields = [] }) => [name.value, new Set(fields.map((field) => field.name.value))]));
}

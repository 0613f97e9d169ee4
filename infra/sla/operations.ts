import {
  buildSchema,
  type DocumentNode,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { blocksOf, type Resource, type TerraformGraph, textOf } from '../diagram/terraformGraph.ts';
import type { Service } from './agreements.ts';

/** AppSync's scalars and directives, which its schemas use and do not declare. */
const APPSYNC = `
  scalar AWSDate scalar AWSTime scalar AWSDateTime scalar AWSTimestamp scalar AWSEmail
  scalar AWSJSON scalar AWSPhone scalar AWSURL scalar AWSIPAddress
  directive @aws_api_key on OBJECT | FIELD_DEFINITION
  directive @aws_iam on OBJECT | FIELD_DEFINITION
  directive @aws_oidc on OBJECT | FIELD_DEFINITION
  directive @aws_lambda on OBJECT | FIELD_DEFINITION
  directive @aws_cognito_user_pools(cognito_groups: [String!]) on OBJECT | FIELD_DEFINITION
  directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION
`;

/** The schema of the API in the Terraform, in which `$${` stands for `${`. */
export function schemaOf(graph: TerraformGraph): GraphQLSchema {
  const [api] = graph.ofType('aws_appsync_graphql_api');
  if (!api) throw new Error('the Terraform has no GraphQL API');
  return buildSchema(
    `${APPSYNC}\n${textOf(api.args['schema'])
      .replaceAll('$${', () => '${')
      .replaceAll('%%{', '%{')}`,
    {
      assumeValidSDL: true,
    },
  );
}

/**
 * `Type.field` of every field whose resolver the document runs; of an interface or union, those of each of its types. Of a
 * subscription it is the root field's alone: what is below comes from the mutation that published.
 */
export function fieldsOf(schema: GraphQLSchema, document: DocumentNode): ReadonlySet<string> {
  const fields = new Set<string>();
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field({ name }) {
        const parent = types.getParentType();
        if (!parent) throw new Error(`${name.value} is not in the schema`);
        if (parent !== schema.getSubscriptionType() && isSubscription(document)) return;
        const possible = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
        for (const type of possible) fields.add(`${type.name}.${name.value}`);
      },
    }),
  );
  return fields;
}

const isSubscription = ({ definitions }: DocumentNode): boolean =>
  definitions.some((node) => node.kind === Kind.OPERATION_DEFINITION && node.operation === 'subscription');

export function operationOf(text: string): {
  readonly name: string;
  readonly kind: string;
  readonly document: DocumentNode;
} {
  const document = parse(text);
  const [definition] = document.definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION || !definition.name) throw new Error('an operation has no name');
  return { name: definition.name.value, kind: definition.operation, document };
}

/** Where the resolvers of the fields get their data, with the tables' names; each once, AppSync's own `NONE` not. */
export function backendsOf(graph: TerraformGraph, fields: ReadonlySet<string>): readonly Backend[] {
  const resolvers = graph
    .ofType('aws_appsync_resolver')
    .filter(({ args }) => fields.has(`${textOf(args['type'])}.${textOf(args['field'])}`));
  const sources = resolvers.flatMap((resolver) => [
    ...sourcesOf(graph, resolver),
    ...graph
      .referencesIn(resolver.args['pipeline_config'], resolver.stack)
      .filter(({ type }) => type === 'aws_appsync_function')
      .flatMap((step) => sourcesOf(graph, step)),
  ]);
  return [...new Set(sources)].flatMap((source) => backendOf(graph, source));
}

export interface Backend {
  readonly service: Service;
  /** Key of the table, name of the function, or host. */
  readonly name: string;
}

const sourcesOf = (graph: TerraformGraph, { args, stack }: Resource): readonly Resource[] =>
  graph.referencesIn(args['data_source'], stack).filter(({ type }) => type === 'aws_appsync_datasource');

function backendOf(graph: TerraformGraph, source: Resource): readonly Backend[] {
  const { args, id } = source;
  switch (textOf(args['type'])) {
    case 'NONE':
      return [];
    case 'AMAZON_DYNAMODB': {
      const name = textOf(blocksOf(args['dynamodb_config'])[0]?.['table_name']);
      const table = graph.ofType('aws_dynamodb_table').find((each) => textOf(each.args['name']) === name);
      if (!table) throw new Error(`aws_appsync_datasource.${id} asks ${name}, which is no table of the Terraform`);
      return [{ service: 'DynamoDB', name: table.id }];
    }
    case 'AWS_LAMBDA':
      return [{ service: 'Lambda', name: id }];
    case 'HTTP': {
      const endpoint = textOf(blocksOf(args['http_config'])[0]?.['endpoint']);
      if (/\.s3[.-]|\bs3\.|aws_s3_bucket_\w+_bucket_regional_domain_name/.test(endpoint))
        return [{ service: 'S3', name: id }];
      throw new Error(`aws_appsync_datasource.${id} asks ${endpoint}, whose availability infra/sla does not know`);
    }
    default:
      throw new Error(`aws_appsync_datasource.${id} is of type ${textOf(args['type'])}, which infra/sla does not know`);
  }
}

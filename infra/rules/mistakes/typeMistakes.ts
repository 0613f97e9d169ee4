/** A mistake in the program that the type checker finds. */
export interface TypeMistake {
  readonly title: string;
  /** A module of `infra/`, with the mistake on one line. */
  readonly source: string;
  /** How the one message of the type checker begins; what follows lists types in an order that is not fixed. */
  readonly message: string;
}

const CONSTRUCTS = "import type { Construct } from '../../aws.ts';\ndeclare const scope: Construct;\n";

export const typeMistakes: readonly TypeMistake[] = [
  {
    title: 'an argument has a name that the provider does not have',
    source: `import { AppsyncGraphqlApi } from '../../aws.ts';\n${CONSTRUCTS}new AppsyncGraphqlApi(scope, 'api', { name: 'a', authenticationType: 'AWS_IAM', queryDepth: 10 });\n`,
    message:
      "Object literal may only specify known properties, and 'queryDepth' does not exist in type 'AppsyncGraphqlApiConfig'.",
  },
  {
    title: 'an argument that is required is missing',
    source: `import { AppsyncGraphqlApi } from '../../aws.ts';\n${CONSTRUCTS}new AppsyncGraphqlApi(scope, 'api', { name: 'a' });\n`,
    message: "Argument of type '{ name: string; }' is not assignable to parameter of type 'AppsyncGraphqlApiConfig'.",
  },
  {
    title: 'an attribute is read that the resource does not export',
    source: `import { AppsyncGraphqlApi } from '../../aws.ts';\n${CONSTRUCTS}export const url = new AppsyncGraphqlApi(scope, 'api', { name: 'a', authenticationType: 'AWS_IAM' }).endpoint;\n`,
    message: "Property 'endpoint' does not exist on type 'AppsyncGraphqlApi'.",
  },
  {
    title: 'an argument is of another type',
    source: `import { DynamodbTable } from '../../aws.ts';\n${CONSTRUCTS}new DynamodbTable(scope, 'posts', { name: 'posts', deletionProtectionEnabled: 'always' });\n`,
    message: "Type 'string' is not assignable to type 'boolean | IResolvable | undefined'.",
  },
  {
    title: 'a block that the provider takes as a list is given as an object',
    source: `import { CognitoUserPoolClient } from '../../aws.ts';\n${CONSTRUCTS}new CognitoUserPoolClient(scope, 'a', { name: 'a', userPoolId: 'a', tokenValidityUnits: { accessToken: 'minutes' } });\n`,
    message:
      "Object literal may only specify known properties, and 'accessToken' does not exist in type 'IResolvable | CognitoUserPoolClientTokenValidityUnits[]'.",
  },
  {
    title: 'a field that the schema does not have is in the table of resolvers',
    source:
      "import type { RootField } from '../../resolvers.ts';\nexport const rows = { 'Query.pots': { dataSource: 'none' } } satisfies Partial<Record<RootField, object>>;\n",
    message: "Object literal may only specify known properties, and ''Query.pots'' does not exist in type",
  },
  {
    title: 'a grant names an action that data sources never need',
    source:
      "import type { Grant } from '../../dataSourceTable.ts';\nexport const grant: Grant = { table: 'posts', actions: ['Scan'] };\n",
    message: `Type '"Scan"' is not assignable to type 'DynamoAction'.`,
  },
  {
    title: 'a grant names a table that there is not',
    source:
      "import type { Grant } from '../../dataSourceTable.ts';\nexport const grant: Grant = { table: 'likes', actions: ['Query'] };\n",
    message: `Type '"likes"' is not assignable to type '`,
  },
];

import { AwsError, NotEmulated } from '../../../aws/error.ts';
import type { JsonObject } from '../../../json.ts';
import type { Context } from '../context.ts';
import { describeTable } from '../description.ts';
import { checkParameters, FLAG, MAP, NEW_TABLE_NAME } from '../parameters.ts';
import { readSpecification } from '../specification.ts';
import { createTable as create } from '../tables.ts';

const PARAMETERS = {
  TableName: NEW_TABLE_NAME,
  AttributeDefinitions: { type: 'list', required: true },
  KeySchema: { type: 'list', required: true, min: 1, max: 2 },
  GlobalSecondaryIndexes: { type: 'list' },
  LocalSecondaryIndexes: { type: 'list' },
  BillingMode: { type: 'string', oneOf: ['PROVISIONED', 'PAY_PER_REQUEST'] },
  ProvisionedThroughput: MAP,
  StreamSpecification: MAP,
  DeletionProtectionEnabled: FLAG,
} as const;

/** Parameters that change nothing a client of the local system could see. */
const NO_EFFECT = ['TableClass', 'SSESpecification', 'Tags', 'WarmThroughput', 'OnDemandThroughput'];

/** The table is `ACTIVE` at once, where AWS answers `CREATING`. */
export function createTable(context: Context, given: JsonObject): JsonObject {
  const input = checkParameters(given, PARAMETERS);
  for (const name of Object.keys(input)) {
    if (!Object.hasOwn(PARAMETERS, name) && !NO_EFFECT.includes(name)) {
      throw new NotEmulated(`DynamoDB's CreateTable with ${name}`);
    }
  }
  const specification = readSpecification(input);
  if (context.catalog.find(specification.name)) {
    throw new AwsError('ResourceInUseException', `Table already exists: ${specification.name}`);
  }
  return { TableDescription: describeTable(context, create(context, specification).table) };
}

import { AwsError, NotEmulated } from '../../../aws/error.ts';
import type { JsonObject, JsonValue } from '../../../json.ts';
import type { Context } from '../context.ts';
import { describeTable } from '../description.ts';
import { invalidParameter, validationError } from '../errors.ts';
import type { IndexSpecification, KeyType, StreamViewType, Table, TableSpecification } from '../model.ts';
import { checkParameters, FLAG, INDEX_NAME, MAP, TABLE_NAME } from '../parameters.ts';
import { checkIndexNames, readAttributeTypes, readIndex, readStream, type AttributeTypes } from '../specification.ts';
import { changeTable, specificationOf } from '../tables.ts';

const PARAMETERS = {
  TableName: TABLE_NAME,
  AttributeDefinitions: { type: 'list' },
  GlobalSecondaryIndexUpdates: { type: 'list' },
  StreamSpecification: MAP,
  DeletionProtectionEnabled: FLAG,
  BillingMode: { type: 'string', oneOf: ['PROVISIONED', 'PAY_PER_REQUEST'] },
  ProvisionedThroughput: MAP,
} as const;

/** Parameters that change nothing a client of the local system could see. */
const NO_EFFECT = ['TableClass', 'SSESpecification', 'WarmThroughput', 'OnDemandThroughput'];
const CHANGES = [
  ...Object.keys(PARAMETERS).filter((name) => name !== 'TableName' && name !== 'AttributeDefinitions'),
  ...NO_EFFECT,
];

/** Indexes are filled before the answer, where AWS answers `UPDATING` and fills them later. */
export function updateTable(context: Context, given: JsonObject): JsonObject {
  const input = checkParameters(given, PARAMETERS);
  for (const name of Object.keys(input)) {
    if (!Object.hasOwn(PARAMETERS, name) && !NO_EFFECT.includes(name)) {
      throw new NotEmulated(`DynamoDB's UpdateTable with ${name}`);
    }
  }
  if (!CHANGES.some((name) => input[name] !== undefined)) {
    throw validationError(
      'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required',
    );
  }
  const { table } = context.catalog.open(input.TableName as string);
  const specification: TableSpecification = {
    ...specificationOf(table),
    indexes: newIndexes(table, input),
    ...streamChange(table, input),
    deletionProtection: (input.DeletionProtectionEnabled as boolean | undefined) ?? table.deletionProtection,
  };
  return { TableDescription: describeTable(context, changeTable(context, table, specification).table) };
}

function streamChange(
  table: Table,
  input: JsonObject,
): { stream: StreamViewType | null; streamLabel?: string } | object {
  if (input.StreamSpecification === undefined) return {};
  const stream = readStream(input.StreamSpecification);
  if (stream !== null && table.stream) {
    throw validationError('Table already has an enabled stream: TableName: ' + table.name);
  }
  if (stream === null && !table.stream) {
    throw validationError('Table is not enabled for streams: TableName: ' + table.name);
  }
  return { stream, streamLabel: undefined };
}

function newIndexes(table: Table, input: JsonObject): readonly IndexSpecification[] {
  const updates = (input.GlobalSecondaryIndexUpdates ?? []) as JsonValue[];
  const types = attributeTypes(table, input);
  let indexes: readonly IndexSpecification[] = specificationOf(table).indexes;
  const touched = new Set<string>();
  for (const update of updates) {
    const { name, next } = applyIndexUpdate(update, indexes, types);
    if (touched.has(name)) {
      throw invalidParameter(
        `Only one global secondary index update per index is allowed simultaneously. Index: ${name}`,
      );
    }
    touched.add(name);
    indexes = next;
  }
  checkIndexNames(indexes);
  return indexes;
}

function applyIndexUpdate(given: JsonValue, indexes: readonly IndexSpecification[], types: AttributeTypes) {
  const {
    Create: create,
    Delete: remove,
    Update: update,
  } = checkParameters(given, { Create: MAP, Delete: MAP, Update: MAP });
  if (create !== undefined) {
    const index = readIndex(create, types);
    if (indexes.some(({ name }) => name === index.name)) {
      throw validationError(`Attempting to create an index which already exists: ${index.name}`);
    }
    return { name: index.name, next: [...indexes, index] };
  }
  const named = remove ?? update;
  if (named === undefined) {
    throw invalidParameter(
      'One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null',
    );
  }
  const name = checkParameters(named, { IndexName: { ...INDEX_NAME, required: true } }).IndexName as string;
  if (!indexes.some((index) => index.name === name)) {
    throw new AwsError('ResourceNotFoundException', `Requested resource not found: Index: ${name} not found`);
  }
  // An update only changes throughput, which is not emulated.
  return { name, next: remove === undefined ? indexes : indexes.filter((index) => index.name !== name) };
}

/** The attribute types known so far with those of the request. */
function attributeTypes(table: Table, input: JsonObject): AttributeTypes {
  const types = new Map<string, KeyType>();
  for (const { partition, sort } of [table.key, ...table.indexes.map(({ key }) => key)]) {
    types.set(partition.name, partition.type);
    if (sort) types.set(sort.name, sort.type);
  }
  for (const [name, type] of readAttributeTypes((input.AttributeDefinitions ?? []) as JsonValue[])) {
    if (types.has(name) && types.get(name) !== type) {
      throw invalidParameter(`Attribute ${name} is defined with another type by table ${table.name}`);
    }
    types.set(name, type);
  }
  return types;
}

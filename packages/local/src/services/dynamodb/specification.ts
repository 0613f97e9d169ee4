import type { JsonObject, JsonValue } from '../../json.ts';
import { NotEmulated } from '../../aws/error.ts';
import { invalidParameter, validationError } from './errors.ts';
import { MAX_INDEXES } from './limits.ts';
import type {
  IndexSpecification,
  KeyAttribute,
  KeySchema,
  KeyType,
  Projection,
  StreamViewType,
  TableSpecification,
} from './model.ts';
import { checkParameters, FLAG, INDEX_NAME, type Parameters } from './parameters.ts';

const VIEW_TYPES = ['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'];
const KEY_SCHEMA = { type: 'list', required: true, min: 1, max: 2 } as const;

const ATTRIBUTE: Parameters = {
  AttributeName: { type: 'string', required: true, min: 1, max: 255 },
  AttributeType: { type: 'string', required: true, oneOf: ['B', 'N', 'S'] },
};
const KEY_ELEMENT: Parameters = {
  AttributeName: { type: 'string', required: true, min: 1, max: 255 },
  KeyType: { type: 'string', required: true, oneOf: ['HASH', 'RANGE'] },
};
const INDEX: Parameters = {
  IndexName: { ...INDEX_NAME, required: true },
  KeySchema: KEY_SCHEMA,
  Projection: { type: 'map', required: true },
};
const PROJECTION: Parameters = {
  ProjectionType: { type: 'string', oneOf: ['ALL', 'INCLUDE', 'KEYS_ONLY'] },
  NonKeyAttributes: { type: 'list', min: 1 },
};

export type AttributeTypes = ReadonlyMap<string, KeyType>;

/** Reads CreateTable's input, whose top-level parameters have been checked. */
export function readSpecification(input: JsonObject): TableSpecification {
  if (input.LocalSecondaryIndexes !== undefined) throw new NotEmulated('A local secondary index of DynamoDB');
  checkBilling(input);
  const types = readAttributeTypes(input.AttributeDefinitions as JsonValue[]);
  const key = readKeySchema(input.KeySchema, types);
  const indexes = readIndexes(input.GlobalSecondaryIndexes as JsonValue[] | undefined, types);
  checkAllUsed(types, [key, ...indexes.map((index) => index.key)]);
  return {
    name: input.TableName as string,
    key,
    indexes,
    ttlAttribute: null,
    stream: readStream(input.StreamSpecification),
    deletionProtection: input.DeletionProtectionEnabled === true,
  };
}

export function readAttributeTypes(definitions: readonly JsonValue[]): AttributeTypes {
  const types = new Map<string, KeyType>();
  definitions.forEach((definition, index) => {
    const read = checkParameters(definition, ATTRIBUTE, `attributeDefinitions.${index + 1}.member.`);
    const name = read.AttributeName as string;
    if (types.has(name)) throw invalidParameter(`Duplicate AttributeName in AttributeDefinitions: ${name}`);
    types.set(name, read.AttributeType as KeyType);
  });
  return types;
}

export function readIndex(given: JsonValue | undefined, types: AttributeTypes): IndexSpecification {
  const index = checkParameters(given, INDEX, 'globalSecondaryIndexes.member.');
  const key = readKeySchema(index.KeySchema, types);
  return { name: index.IndexName as string, key, projection: readProjection(index.Projection) };
}

export function checkIndexNames(indexes: readonly IndexSpecification[]): void {
  const names = new Set<string>();
  for (const { name } of indexes) {
    if (names.has(name)) throw invalidParameter(`Duplicate index name: ${name}`);
    names.add(name);
  }
  if (indexes.length > MAX_INDEXES) {
    throw invalidParameter(`GlobalSecondaryIndex count exceeds the per-table limit of ${MAX_INDEXES}`);
  }
}

/** AWS wants exactly the attributes that keys use. */
export function checkAllUsed(types: AttributeTypes, schemas: readonly KeySchema[]): void {
  const used = new Set(
    schemas.flatMap(({ partition, sort }) => (sort ? [partition.name, sort.name] : [partition.name])),
  );
  if (used.size === types.size) return;
  throw invalidParameter(
    schemas.length === 1
      ? 'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions'
      : `Some AttributeDefinitions are not used. AttributeDefinitions: [${[...types.keys()].join(', ')}], ` +
          `keys used: [${[...used].join(', ')}]`,
  );
}

export function readStream(given: JsonValue | undefined): StreamViewType | null {
  if (given === undefined) return null;
  const stream = checkParameters(
    given,
    { StreamEnabled: { ...FLAG, required: true }, StreamViewType: { type: 'string', oneOf: VIEW_TYPES } },
    'streamSpecification.',
  );
  if (stream.StreamEnabled !== true) return null;
  if (stream.StreamViewType === undefined) {
    throw invalidParameter('StreamViewType is required when StreamEnabled is true');
  }
  return stream.StreamViewType as StreamViewType;
}

function readIndexes(given: readonly JsonValue[] | undefined, types: AttributeTypes): IndexSpecification[] {
  if (given === undefined) return [];
  if (given.length === 0) throw invalidParameter('List of GlobalSecondaryIndexes is empty');
  const indexes = given.map((index) => readIndex(index, types));
  checkIndexNames(indexes);
  return indexes;
}

function readKeySchema(given: JsonValue | undefined, types: AttributeTypes): KeySchema {
  const elements = (given as JsonValue[]).map((element, index) =>
    checkParameters(element, KEY_ELEMENT, `keySchema.${index + 1}.member.`),
  );
  const names = elements.map((element) => element.AttributeName as string);
  const undefinedName = names.find((name) => !types.has(name));
  if (undefinedName !== undefined) {
    throw invalidParameter(
      'Some index key attributes are not defined in AttributeDefinitions. ' +
        `Keys: [${names.join(', ')}], AttributeDefinitions: [${[...types.keys()].join(', ')}]`,
    );
  }
  if (names[0] === names[1]) {
    throw validationError('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  }
  if (elements[0]?.KeyType !== 'HASH') {
    throw validationError('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  }
  if (elements[1] && elements[1].KeyType !== 'RANGE') {
    throw validationError('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  }
  const [partition, sort] = names.map((name): KeyAttribute => ({ name, type: types.get(name) as KeyType }));
  return sort ? { partition: partition as KeyAttribute, sort } : { partition: partition as KeyAttribute };
}

function readProjection(given: JsonValue | undefined): Projection {
  const { ProjectionType: type, NonKeyAttributes: attributes } = checkParameters(given, PROJECTION, 'projection.');
  if (type === undefined) throw invalidParameter('Unknown ProjectionType: null');
  if (type !== 'INCLUDE') {
    if (attributes !== undefined) {
      throw invalidParameter(`ProjectionType is ${String(type)}, but NonKeyAttributes is specified`);
    }
    return { type: type as 'ALL' | 'KEYS_ONLY' };
  }
  if (attributes === undefined)
    throw invalidParameter('ProjectionType is INCLUDE, but NonKeyAttributes is not specified');
  return { type, attributes: (attributes as JsonValue[]).map(String) };
}

/** Throughput is not emulated, but a wrong combination would fail on AWS. */
function checkBilling(input: JsonObject): void {
  const onDemand = input.BillingMode === 'PAY_PER_REQUEST';
  if (onDemand && input.ProvisionedThroughput !== undefined) {
    throw invalidParameter(
      'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    );
  }
  if (!onDemand && input.ProvisionedThroughput === undefined) {
    throw invalidParameter(
      'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    );
  }
}

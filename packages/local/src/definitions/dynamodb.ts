import type { JsonObject } from '../json.ts';
import { argumentsOf, ConfigurationError, type ResolvedResource } from '../resources/resourceType.ts';
import type {
  IndexSpecification,
  KeyAttribute,
  KeySchema,
  Projection,
  StreamViewType,
  TableSpecification,
} from '../services/dynamodb/index.ts';
import type { ResourceSet } from './resourceSet.ts';

export interface TableDefinition extends TableSpecification {
  readonly address: string;
}

export function tableDefinitions(resources: ResourceSet): TableDefinition[] {
  return resources.ofType('aws_dynamodb_table').map(table);
}

function table(resource: ResolvedResource): TableDefinition {
  const read = argumentsOf(resource);
  if (read.blocks('local_secondary_index').length > 0) {
    throw new ConfigurationError(`${resource.address}: local secondary indexes are not emulated by @hiroba/local.`);
  }
  const types = new Map(read.blocks('attribute').map(({ name, type }) => [String(name), String(type)]));
  const key = (name: unknown): KeyAttribute => keyAttribute(resource, types, String(name));
  const keySchema = (block: JsonObject): KeySchema => ({
    partition: key(block['hash_key']),
    ...(typeof block['range_key'] === 'string' ? { sort: key(block['range_key']) } : {}),
  });
  const ttl = read.block('ttl');
  return {
    address: resource.address,
    name: read.string('name'),
    key: keySchema(resource.args),
    indexes: read.blocks('global_secondary_index').map((block): IndexSpecification => ({
      name: String(block['name']),
      key: keySchema(block),
      projection: projection(resource, block),
    })),
    ttlAttribute: ttl?.['enabled'] === true ? String(ttl['attribute_name']) : null,
    stream: read.boolean('stream_enabled', false) ? (read.string('stream_view_type') as StreamViewType) : null,
    // The label that the stream's ARN in the Terraform ends in, so that policies written for it fit.
    ...(typeof resource.attributes['stream_label'] === 'string'
      ? { streamLabel: resource.attributes['stream_label'] }
      : {}),
    deletionProtection: read.boolean('deletion_protection_enabled', false),
  };
}

function keyAttribute(resource: ResolvedResource, types: ReadonlyMap<string, string>, name: string): KeyAttribute {
  const type = types.get(name);
  if (type === 'S' || type === 'N' || type === 'B') return { name, type };
  throw new ConfigurationError(
    `${resource.address} uses "${name}" as a key, which its "attribute" blocks do not declare: add { name = "${name}", type = "S" }.`,
  );
}

function projection(resource: ResolvedResource, block: JsonObject): Projection {
  const type = block['projection_type'];
  if (type === 'ALL' || type === 'KEYS_ONLY') return { type };
  const attributes = block['non_key_attributes'];
  if (type === 'INCLUDE' && Array.isArray(attributes)) return { type, attributes: attributes.map(String) };
  throw new ConfigurationError(`${resource.address}: index "${String(block['name'])}" has no usable projection_type.`);
}

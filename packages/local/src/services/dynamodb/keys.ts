import { own, typeOf } from './attributeValue.ts';
import { invalidParameter, validationError } from './errors.ts';
import { keyBytesOf } from './keyBytes.ts';
import { MAX_PARTITION_KEY_BYTES, MAX_SORT_KEY_BYTES } from './limits.ts';
import type { AttributeValue, Item, KeyAttribute, KeyBytes, Table } from './model.ts';
import type { Path } from './expressions/path.ts';

const NO_MATCH = 'The provided key element does not match the schema';

/** The bytes of a request's `Key`, which must have the table's key attributes and no others. */
export function readKey(table: Table, key: Item): KeyBytes {
  const { partition, sort } = table.key;
  if (Object.keys(key).length !== table.keyNames.length) throw validationError(NO_MATCH);
  checkKeyElement(key, partition, true);
  if (sort) checkKeyElement(key, sort, false);
  const bytes = keyBytesOf(key, table.key);
  if (!bytes) throw validationError(NO_MATCH);
  return bytes;
}

/** Checks one element of a `Key` or `ExclusiveStartKey`. */
export function checkKeyElement(key: Item, attribute: KeyAttribute, isPartition: boolean): void {
  const value = own(key, attribute.name);
  if (!value || !(attribute.type in value)) throw validationError(NO_MATCH);
  if (isEmpty(value)) {
    throw invalidParameter(
      `The AttributeValue for a key attribute cannot contain an empty ${emptyKind(value)} value. Key: ${attribute.name}`,
    );
  }
  checkKeySize(value, isPartition);
}

/** The bytes of an item's key, after checking the key attributes and those of the indexes. */
export function readItemKey(table: Table, item: Item): KeyBytes {
  checkItemKeyAttribute(item, table.key.partition, true);
  if (table.key.sort) checkItemKeyAttribute(item, table.key.sort, false);
  checkIndexKeys(table, item);
  return keyBytesOf(item, table.key) as KeyBytes;
}

function checkItemKeyAttribute(item: Item, { name, type }: KeyAttribute, isPartition: boolean): void {
  const value = own(item, name);
  if (!value) throw invalidParameter(`Missing the key ${name} in the item`);
  if (!(type in value)) {
    throw invalidParameter(`Type mismatch for key ${name} expected: ${type} actual: ${typeOf(value)}`);
  }
  if (isEmpty(value)) {
    throw validationError(
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ' +
        `${emptyKind(value)} value. Key: ${name}`,
    );
  }
  checkKeySize(value, isPartition);
}

/** An attribute that an index has as key must be of its type where it is present, or the item cannot be written. */
export function checkIndexKeys(table: Table, item: Item): void {
  for (const { name: indexName, key } of table.liveIndexes) {
    checkIndexKey(item, key.partition, indexName, true);
    if (key.sort) checkIndexKey(item, key.sort, indexName, false);
  }
}

function checkIndexKey(item: Item, { name, type }: KeyAttribute, indexName: string, isPartition: boolean): void {
  const value = own(item, name);
  if (!value) return;
  if (!(type in value)) {
    throw invalidParameter(
      `Type mismatch for Index Key ${name} Expected: ${type} Actual: ${typeOf(value)} IndexName: ${indexName}`,
    );
  }
  if (isEmpty(value)) {
    throw validationError(
      'One or more parameter values are not valid. A value specified for a secondary index key is not supported. ' +
        `The AttributeValue for a key attribute cannot contain an empty ${emptyKind(value)} value. ` +
        `IndexName: ${indexName}, IndexKey: ${name}`,
    );
  }
  checkKeySize(value, isPartition);
}

/** Refuses a document path into a key attribute, which is always a scalar. */
export function checkNoPathIntoKeys(table: Table, paths: Iterable<Path>): void {
  for (const path of paths) {
    if (path.length < 2) continue;
    const name = path[0] as string;
    const isKey = table.keyNames.includes(name);
    if (!isKey && !table.liveIndexes.some((index) => index.cursorNames.includes(name))) continue;
    throw validationError(
      "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: " +
        `${isKey ? 'Key' : 'IndexKey'}: ${name}`,
    );
  }
}

function isEmpty(value: AttributeValue): boolean {
  return ('S' in value && value.S === '') || ('B' in value && value.B === '');
}

function emptyKind(value: AttributeValue): string {
  return 'S' in value ? 'string' : 'binary';
}

function checkKeySize(value: AttributeValue, isPartition: boolean): void {
  const text = 'S' in value ? value.S : 'B' in value ? value.B : '';
  // No character is longer than three bytes, so most keys need no counting.
  if (text.length * 3 <= MAX_SORT_KEY_BYTES) return;
  const size = 'S' in value ? Buffer.byteLength(text) : Buffer.from(text, 'base64').length;
  if (isPartition && size > MAX_PARTITION_KEY_BYTES) {
    throw invalidParameter(`Size of hashkey has exceeded the maximum size limit of${MAX_PARTITION_KEY_BYTES} bytes`);
  }
  if (!isPartition && size > MAX_SORT_KEY_BYTES) {
    throw invalidParameter(
      `Aggregated size of all range keys has exceeded the size limit of ${MAX_SORT_KEY_BYTES} bytes`,
    );
  }
}

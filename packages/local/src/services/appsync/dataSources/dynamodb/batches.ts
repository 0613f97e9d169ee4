import type { JsonObject, JsonValue } from '../../../../json.ts';
import { chain } from '../../execution/chain.ts';
import { arrayAt, booleanAt, objectAt, optional, requestObject } from '../requestObject.ts';
import { placeholders } from './expressions.ts';
import type { Operation, OperationContext } from './operation.ts';
import { readProjection, withKeyAttributes } from './projection.ts';
import { canonicalItem, toPlainItem, toWireItem, type WireItem } from './typedValues.ts';

/** What is asked of one table in a BatchGetItem. */
interface TableKeys {
  readonly keys: readonly WireItem[];
  readonly input: JsonObject;
  /** Attributes that are in the answer only to match it with the keys. */
  readonly added: readonly string[];
}

/** Items come back in the order of the keys, null where there is none. */
export const batchGetItem: Operation = ({ call, table }) => {
  const request = requestObject(call.request, ['tables']);
  const tables = perTable(request.tables, readTableKeys);
  const input = { RequestItems: Object.fromEntries(tables.map(([name, { input: keys }]) => [name, keys])) };
  return chain(table.send(call, 'BatchGetItem', input), ({ Responses, UnprocessedKeys }) => {
    const data = tables.map(([name, asked]) => [name, inOrder(asked, items(Responses, name))]);
    const unprocessed = tables.map(([name]) => [name, items(memberOf(UnprocessedKeys, name), 'Keys').map(toPlainItem)]);
    return { result: { data: Object.fromEntries(data), unprocessedKeys: Object.fromEntries(unprocessed) } };
  });
};

function readTableKeys(value: unknown, path: string): TableKeys {
  // The reference's own example has the plain list, the declared type has the object.
  const object = Array.isArray(value) ? { keys: value } : value;
  const request = requestObject(object, ['keys', 'consistentRead', 'projection'], path);
  const keys = arrayAt(request.keys, `${path}[keys]`).map((key, index) => toWireItem(key, `${path}[keys][${index}]`));
  const projection = optional(request.projection, `${path}[projection]`, readProjection);
  const extended = projection && withKeyAttributes(projection, Object.keys(keys[0] ?? {}));
  const input = {
    Keys: [...keys],
    ConsistentRead: optional(request.consistentRead, `${path}[consistentRead]`, booleanAt) ?? false,
    ...(extended !== undefined && { ProjectionExpression: extended.expression.expression }),
    ...placeholders(extended?.expression),
  };
  return { keys, input, added: extended?.added ?? [] };
}

function inOrder({ keys, added }: TableKeys, found: readonly JsonValue[]): readonly unknown[] {
  const keyNames = Object.keys(keys[0] ?? {});
  const byKey = new Map(found.map((item) => [canonicalItem(keyOf(item, keyNames)), item]));
  return keys.map((key) => {
    const plain = toPlainItem(byKey.get(canonicalItem(key)));
    for (const name of added) delete plain?.[name];
    return plain;
  });
}

function keyOf(item: JsonValue, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, memberOf(item, name) ?? null]));
}

export const batchPutItem: Operation = (context) =>
  batchWrite(context, { request: 'PutRequest', member: 'Item', unprocessed: 'unprocessedItems' });

export const batchDeleteItem: Operation = (context) =>
  batchWrite(context, { request: 'DeleteRequest', member: 'Key', unprocessed: 'unprocessedKeys' });

interface BatchWrite {
  readonly request: 'PutRequest' | 'DeleteRequest';
  readonly member: 'Item' | 'Key';
  readonly unprocessed: 'unprocessedItems' | 'unprocessedKeys';
}

/** The answer repeats what was written (of a delete: the key), null for what DynamoDB did not get to. */
function batchWrite({ call, table }: OperationContext, { request: wrapper, member, unprocessed }: BatchWrite) {
  const request = requestObject(call.request, ['tables']);
  const tables = perTable(request.tables, (value, path) =>
    arrayAt(value, path).map((item, index) => toWireItem(item, `${path}[${index}]`)),
  );
  const requests = tables.map(([name, wires]) => [name, wires.map((wire) => ({ [wrapper]: { [member]: wire } }))]);
  const input = { RequestItems: Object.fromEntries(requests) as JsonObject };
  return chain(table.send(call, 'BatchWriteItem', input), ({ UnprocessedItems }) => {
    const left = new Map(
      tables.map(([name]) => [
        name,
        items(UnprocessedItems, name).map((one) => memberOf(memberOf(one, wrapper), member)),
      ]),
    );
    const data = tables.map(([name, wires]) => {
      const unwritten = new Set(left.get(name)?.map((wire) => canonicalItem(wire)));
      return [name, wires.map((wire) => (unwritten.has(canonicalItem(wire)) ? null : toPlainItem(wire)))];
    });
    const leftOver = tables.map(([name]) => [name, (left.get(name) ?? []).map(toPlainItem)]);
    return { result: { data: Object.fromEntries(data), [unprocessed]: Object.fromEntries(leftOver) } };
  });
}

function perTable<T>(tables: unknown, read: (value: unknown, path: string) => T): (readonly [string, T])[] {
  return Object.entries(objectAt(tables, '$[tables]')).map(([name, value]) => [
    name,
    read(value, `$[tables][${name}]`),
  ]);
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function items(value: JsonValue | undefined, name: string): readonly JsonValue[] {
  const list = memberOf(value, name);
  return Array.isArray(list) ? list : [];
}

import type { JsonObject } from '../../json.ts';
import { transaction } from '../../database.ts';
import { readItem } from './attributeValue.ts';
import { writeUsage, type Usage } from './capacity.ts';
import type { OpenTable } from './catalog.ts';
import type { Context } from './context.ts';
import { conditionFailed, invalidParameter, validationError } from './errors.ts';
import { applyUpdate } from './expressions/applyUpdate.ts';
import type { Condition } from './expressions/condition.ts';
import { satisfies } from './expressions/evaluateCondition.ts';
import { readExpressions } from './expressions/index.ts';
import type { Update } from './expressions/update.ts';
import { itemSize } from './itemSize.ts';
import { checkIndexKeys, checkNoPathIntoKeys, readItemKey, readKey } from './keys.ts';
import { MAX_ITEM_BYTES } from './limits.ts';
import type { Item, KeyBytes, SizedItem, StoredItem, Table } from './model.ts';

/** A checked write of one item, not yet done; PutItem and its like do one, transactions several. */
export interface Write {
  readonly target: OpenTable;
  readonly key: KeyBytes;
  readonly condition: Condition | null;
  readonly returnsItemOnFailure: boolean;
  /** ConditionCheck only looks. */
  readonly checksOnly: boolean;
  readonly update: Update | null;
  /** Bytes of the request's item or key, which a transaction limits in sum. */
  readonly requestBytes: number;
  next(before: SizedItem | null): SizedItem | null;
}

export interface Written {
  readonly before: StoredItem | null;
  readonly after: StoredItem | null;
}

export function planPut(context: Context, input: JsonObject): Write {
  const item = readItem(input.Item as JsonObject);
  const size = itemSize(item);
  if (size > MAX_ITEM_BYTES) throw validationError('Item size has exceeded the maximum allowed size');
  const { condition } = readExpressions(input, ['ConditionExpression']);
  const target = context.catalog.open(input.TableName as string);
  const after = { item, size };
  return write(input, target, readItemKey(target.table, item), { condition, requestBytes: size, next: () => after });
}

export function planDelete(context: Context, input: JsonObject): Write {
  const { key, condition, target, requestBytes } = readKeyed(context, input);
  return write(input, target, key, { condition, requestBytes, next: () => null });
}

export function planCheck(context: Context, input: JsonObject): Write {
  const { key, condition, target, requestBytes } = readKeyed(context, input);
  return write(input, target, key, { condition, requestBytes, checksOnly: true, next: (before) => before });
}

export function planUpdate(context: Context, input: JsonObject): Write {
  const givenKey = readItem(input.Key as JsonObject);
  const { update, condition } = readExpressions(input, ['UpdateExpression', 'ConditionExpression']);
  const target = context.catalog.open(input.TableName as string);
  const { table } = target;
  const key = readKey(table, givenKey);
  if (update) checkUpdatePaths(table, update);
  return write(input, target, key, {
    condition,
    update,
    requestBytes: itemSize(givenKey),
    next(before) {
      const item = before ? before.item : givenKey;
      return update ? updatedItem(table, item, update) : { item, size: itemSize(item) };
    },
  });
}

/**
 * Does a write: reads the item where that is needed, judges the condition, stores item, index rows and stream record
 * together. Throws `ConditionalCheckFailedException`.
 */
export function perform(context: Context, plan: Write, { needsBefore }: { readonly needsBefore: boolean }): Written {
  const { store } = plan.target;
  // Without indexes and stream one SQL statement is the whole write, and a transaction by itself.
  if (!needsBefore && !store.needsBefore && !plan.condition && !plan.update) {
    const after = plan.next(null);
    const text = store.write({ key: plan.key, before: null, after });
    return { before: null, after: after && { ...after, text: text as string } };
  }
  return transaction(context.database, () => performHere(context, plan));
}

/** The same inside a transaction of the caller's. */
export function performHere(context: Context, plan: Write): Written {
  const { target, key, condition } = plan;
  const before = target.store.get(key);
  if (condition && !satisfies(before?.item ?? {}, condition)) {
    throw conditionFailed(plan.returnsItemOnFailure && before ? before.item : null);
  }
  if (plan.checksOnly) return { before, after: before };
  return store(context, target, { key, before, after: plan.next(before) });
}

export function usageOf(plan: Write, { before, after }: Written): Usage {
  const { table } = plan.target;
  return plan.checksOnly ? { ...writeUsage(table, before, after), indexes: {} } : writeUsage(table, before, after);
}

/** Stores one item's new state with its stream record; belongs into a transaction. */
export function store(
  context: Context,
  { table, store: rows }: OpenTable,
  change: {
    readonly key: KeyBytes;
    readonly before: StoredItem | null;
    readonly after: SizedItem | null;
    readonly expired?: true;
  },
): Written {
  const { before, expired = false } = change;
  if (!before && !change.after) return { before, after: null };
  const text = rows.write(change);
  const after = change.after && text !== null ? { ...change.after, text } : null;
  if (table.stream) context.streams.append(table, before, after, { expired });
  return { before, after };
}

interface WriteParts {
  readonly condition: Condition | null;
  readonly requestBytes: number;
  readonly next: Write['next'];
  readonly update?: Update | null;
  readonly checksOnly?: true;
}

function write(input: JsonObject, target: OpenTable, key: KeyBytes, parts: WriteParts): Write {
  return {
    target,
    key,
    condition: parts.condition,
    returnsItemOnFailure: input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD',
    checksOnly: parts.checksOnly ?? false,
    update: parts.update ?? null,
    requestBytes: parts.requestBytes,
    next: parts.next,
  };
}

function readKeyed(context: Context, input: JsonObject) {
  const givenKey = readItem(input.Key as JsonObject);
  const { condition } = readExpressions(input, ['ConditionExpression']);
  const target = context.catalog.open(input.TableName as string);
  return { key: readKey(target.table, givenKey), condition, target, requestBytes: itemSize(givenKey) };
}

function checkUpdatePaths(table: Table, { paths }: Update): void {
  for (const path of paths) {
    if (!table.keyNames.includes(path[0] as string)) continue;
    throw invalidParameter(`Cannot update attribute ${path[0]}. This attribute is part of the key`);
  }
  checkNoPathIntoKeys(table, paths);
}

function updatedItem(table: Table, before: Item, update: Update): SizedItem {
  const item = applyUpdate(before, update);
  checkIndexKeys(table, item);
  const size = itemSize(item);
  if (size > MAX_ITEM_BYTES) {
    throw validationError('Item size to update has exceeded the maximum allowed size');
  }
  return { item, size };
}

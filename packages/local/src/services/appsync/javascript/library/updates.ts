/** `operations` and the update expressions of `@aws-appsync/utils/dynamodb`. */
import { isObject, markTyped, toDynamoDB, type TypedValue } from './typedValues.ts';

const { entries } = Object;
const { isArray } = Array;
const { isInteger } = Number;
const { stringify } = JSON;
const Refusal = Error;

interface Operation {
  readonly type: string;
  readonly value?: unknown;
  readonly items?: unknown;
  readonly by?: unknown;
  readonly index?: unknown;
}

/** Operations are known by identity: an argument of a client that looks like one is only a value. */
const operationsMade = new WeakSet<object>();

function operation(made: Operation): Operation {
  operationsMade.add(made);
  return made;
}

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && operationsMade.has(value);
}

export const operations = {
  add: (value: unknown) => operation({ type: 'OPERATION_ADD', value }),
  remove: () => operation({ type: 'OPERATION_REMOVE' }),
  replace: (value: unknown) => operation({ type: 'OPERATION_REPLACE', value }),
  increment: (by: unknown = 1) => operation({ type: 'OPERATION_INCREMENT', by }),
  decrement: (by: unknown = 1) => operation({ type: 'OPERATION_DECREMENT', by }),
  append: (items: unknown) => operation({ type: 'OPERATION_APPEND', items }),
  prepend: (items: unknown) => operation({ type: 'OPERATION_PREPEND', items }),
  updateListItem: (value: unknown, index: unknown) => operation({ type: 'OPERATION_UPDATE_LIST_ITEM', value, index }),
};

interface UpdateExpression {
  readonly expression: string;
  readonly expressionNames: Record<string, string>;
  readonly expressionValues?: Record<string, TypedValue>;
}

interface Builder {
  readonly sets: string[];
  readonly removes: string[];
  name(attribute: string): string;
  value(value: unknown): string;
}

export function updateExpression(update: unknown): UpdateExpression {
  if (!isObject(update)) throw new Refusal('The update must be an object.');
  const expressionNames: Record<string, string> = {};
  const expressionValues: Record<string, TypedValue> = {};
  let names = 0;
  let values = 0;
  const builder: Builder = {
    sets: [],
    removes: [],
    name(attribute) {
      names += 1;
      expressionNames[`#expName_${names}`] = attribute;
      return `#expName_${names}`;
    },
    value(value) {
      values += 1;
      expressionValues[`:expValue_${values}`] = toDynamoDB(value) ?? { NULL: null };
      return `:expValue_${values}`;
    },
  };
  writeMembers(update, '', builder);

  const sections: string[] = [];
  if (builder.sets.length > 0) sections.push(`SET ${builder.sets.join(', ')}`);
  if (builder.removes.length > 0) sections.push(`REMOVE ${builder.removes.join(', ')}`);
  const expression = sections.join(' ');
  // DynamoDB refuses an empty map of values.
  return values > 0 ? { expression, expressionNames, expressionValues } : { expression, expressionNames };
}

function writeMembers(members: object, path: string, builder: Builder): void {
  for (const [attribute, value] of entries(members) as [string, unknown][]) {
    if (value === undefined || typeof value === 'function') continue;
    writeAttribute(path + builder.name(attribute), value, builder);
  }
}

function writeAttribute(path: string, value: unknown, builder: Builder): void {
  if (isOperation(value)) writeOperation(path, value, builder);
  else if (isListOfOperations(value)) for (const item of value) writeOperation(path, item, builder);
  else if (isNestedObject(value)) writeMembers(value, `${path}.`, builder);
  else builder.sets.push(`${path} = ${builder.value(value)}`);
}

function isListOfOperations(value: unknown): value is readonly Operation[] {
  if (!isArray(value) || value.length === 0) return false;
  for (const item of value) if (!isOperation(item)) return false;
  return true;
}

/** A plain object updates the members it names; sets and the empty object are values. */
function isNestedObject(value: unknown): value is Record<string, unknown> {
  return isObject(value) && toDynamoDB(value) !== value && entries(value).length > 0;
}

function writeOperation(path: string, { type, value, items, by, index }: Operation, builder: Builder): void {
  switch (type) {
    case 'OPERATION_ADD':
    case 'OPERATION_REPLACE':
      builder.sets.push(`${path} = ${builder.value(value)}`);
      break;
    case 'OPERATION_REMOVE':
      builder.removes.push(path);
      break;
    case 'OPERATION_INCREMENT':
      builder.sets.push(`${path} = ${path} + ${builder.value(amount(by))}`);
      break;
    case 'OPERATION_DECREMENT':
      builder.sets.push(`${path} = ${path} - ${builder.value(amount(by))}`);
      break;
    case 'OPERATION_APPEND':
      builder.sets.push(`${path} = list_append(${path}, ${builder.value(list(items))})`);
      break;
    case 'OPERATION_PREPEND':
      builder.sets.push(`${path} = list_append(${builder.value(list(items))}, ${path})`);
      break;
    default:
      builder.sets.push(`${path}[${listIndex(index)}] = ${builder.value(value)}`);
  }
}

function amount(by: unknown): unknown {
  if (typeof by !== 'number') throw new Refusal(`increment and decrement take a number, not ${stringify(by)}.`);
  return markTyped({ N: by });
}

function list(items: unknown): unknown {
  if (!isArray(items)) throw new Refusal(`append and prepend take a list, not ${stringify(items)}.`);
  return items;
}

function listIndex(index: unknown): number {
  if (typeof index !== 'number' || !isInteger(index) || index < 0) {
    throw new Refusal(`updateListItem takes an index, not ${stringify(index)}.`);
  }
  return index;
}

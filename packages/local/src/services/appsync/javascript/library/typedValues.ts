/** `util.dynamodb`: plain values to DynamoDB's typed values. AppSync keeps numbers as numbers: `{ "N": 1 }`. */
export type TypedValue = Record<string, unknown>;

const { keys } = Object;
const { isArray } = Array;
const { parse, stringify } = JSON;
const Refusal = TypeError;
const text = String;

/** Sets and other values that are typed already. Known by identity, so that client input cannot pass for one. */
const typed = new WeakSet<object>();

export function markTyped(value: TypedValue): TypedValue {
  typed.add(value);
  return value;
}

/** `undefined` and functions have no typed value. */
export function toDynamoDB(value: unknown): TypedValue | null {
  switch (typeof value) {
    case 'string':
      return { S: value };
    case 'number':
      return { N: value };
    case 'boolean':
      return { BOOL: value };
    case 'object':
      return typedObject(value);
    default:
      return null;
  }
}

function typedObject(value: object | null): TypedValue {
  if (value === null) return { NULL: null };
  if (typed.has(value)) return value as TypedValue;
  return isArray(value) ? { L: typedList(value) } : { M: typedMembers(value) };
}

function typedList(values: readonly unknown[]): unknown[] {
  const list: unknown[] = [];
  for (const value of values) list.push(toDynamoDB(value) ?? { NULL: null });
  return list;
}

function typedMembers(value: object): TypedValue {
  const members: TypedValue = {};
  for (const key of keys(value)) {
    const member = toDynamoDB((value as Record<string, unknown>)[key]);
    if (member !== null) members[key] = member;
  }
  return members;
}

export function toMapValues(value: unknown): TypedValue | null {
  return isObject(value) ? typedMembers(value) : null;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !isArray(value);
}

function optional(type: string, isRight: (value: unknown) => boolean): (value: unknown) => TypedValue | null {
  return (value) => {
    if (value === undefined || value === null) return null;
    if (!isRight(value)) throw new Refusal(`Unable to convert ${stringify(value)} to a DynamoDB ${type} value.`);
    return { [type]: value };
  };
}

const isText = (value: unknown): boolean => typeof value === 'string';

function listOf(isRight: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => {
    if (!isArray(value)) return false;
    for (const element of value) if (!isRight(element)) return false;
    return true;
  };
}

function setOf(type: string, isRight: (value: unknown) => boolean): (value: unknown) => TypedValue | null {
  const convert = optional(type, listOf(isRight));
  return (value) => {
    const set = convert(value);
    return set && markTyped(set);
  };
}

export const toStringSet = setOf('SS', isText);
export const toNumberSet = setOf('NS', (value) => typeof value === 'number');
export const toBinarySet = setOf('BS', isText);

function toS3Object(key: unknown, bucket: unknown, region: unknown, version?: unknown): TypedValue | null {
  const place = { key, bucket, region, version };
  return { S: stringify({ s3: place }) };
}

/** The S3 object is kept as JSON text. */
function fromS3ObjectJson(json: unknown): unknown {
  const value: unknown = parse(text(json));
  return isObject(value) && isObject(value.s3) ? value.s3 : value;
}

export const dynamodb = {
  toDynamoDB,
  toString: optional('S', isText),
  toStringSet,
  toNumber: optional('N', (value) => typeof value === 'number'),
  toNumberSet,
  toBinary: optional('B', isText),
  toBinarySet,
  toBoolean: optional('BOOL', (value) => typeof value === 'boolean'),
  toNull: () => ({ NULL: null }),
  toList: (value: unknown) => (isArray(value) ? { L: typedList(value) } : null),
  toMap: (value: unknown) => (isObject(value) ? { M: typedMembers(value) } : null),
  toMapValues,
  toS3Object,
  fromS3ObjectJson,
};

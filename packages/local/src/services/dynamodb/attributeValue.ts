import type { JsonValue } from '../../json.ts';
import { invalidParameter, serializationError, validationError } from './errors.ts';
import { MAX_NESTING_LEVELS } from './limits.ts';
import type { AttributeType, AttributeValue, Item } from './model.ts';
import { compareNumbers, normaliseNumber } from './number.ts';

/** Reads a client's name from a client's map without meeting `Object.prototype`. */
export function own<Value>(map: { [name: string]: Value }, name: string): Value | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}

/** Writes a client's name into a plain object; an assignment to `__proto__` would change its prototype. */
export function setOwn<Value>(map: { [name: string]: Value }, name: string, value: Value): void {
  if (name === '__proto__') {
    Object.defineProperty(map, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    map[name] = value;
  }
}

export function typeOf(value: AttributeValue): AttributeType {
  for (const type in value) return type as AttributeType;
  throw new TypeError('An attribute value has no type');
}

/** Checks a map of attributes from a request; returns it, or a copy in which numbers are normalised. */
export function readItem(input: JsonValue): Item {
  return readMap(input, 1);
}

/** Checks one attribute value from a request; returns it, or a copy in which numbers are normalised. */
export function readValue(input: JsonValue | undefined, depth = 1): AttributeValue {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw serializationError('Unexpected value type in payload');
  }
  let found: AttributeType | undefined;
  let count = 0;
  for (const type in input) {
    if (input[type] === null || !(type in readers)) continue;
    found = type as AttributeType;
    count += 1;
  }
  if (found === undefined || count !== 1) {
    throw validationError(
      count === 0
        ? 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes'
        : 'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  }
  const given = input[found] as JsonValue;
  const read = readers[found](given, depth);
  return (read === given ? input : { [found]: read }) as AttributeValue;
}

type Reader = (given: JsonValue, depth: number) => JsonValue;

/** One per data type: the checked value, the same object when it is already as DynamoDB stores it. */
const readers: Readonly<Record<AttributeType, Reader>> = Object.assign(Object.create(null) as object, {
  S: readString,
  N: (given: JsonValue) => normaliseNumber(readString(given)),
  B: readBinary,
  BOOL: readBoolean,
  NULL: readNull,
  SS: (given: JsonValue) => readSet(given, 'SS'),
  NS: (given: JsonValue) => readSet(given, 'NS'),
  BS: (given: JsonValue) => readSet(given, 'BS'),
  L: readList,
  M: (given: JsonValue, depth: number) => readMap(given, depth + 1),
});

function readString(given: JsonValue): string {
  if (typeof given === 'string') return given;
  if (typeof given === 'number') throw serializationError('NUMBER_VALUE cannot be converted to String');
  if (typeof given === 'boolean') {
    throw serializationError(`${given ? 'TRUE_VALUE' : 'FALSE_VALUE'} cannot be converted to String`);
  }
  throw serializationError('Start of structure or map found where not expected');
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function readBinary(given: JsonValue): string {
  if (typeof given !== 'string') {
    throw serializationError('only base-64-encoded strings are convertible to bytes');
  }
  if (!BASE64.test(given)) throw serializationError('Invalid base64 encoding');
  return given;
}

function readBoolean(given: JsonValue): boolean {
  if (typeof given === 'boolean') return given;
  throw serializationError('Unexpected token received from parser');
}

function readNull(given: JsonValue): boolean {
  if (readBoolean(given)) return true;
  throw invalidParameter('Null attribute value types must have the value of true');
}

const EMPTY_SET = {
  SS: 'An string set  may not be empty',
  NS: 'An number set  may not be empty',
  BS: 'Binary sets should not be empty',
} as const;

function readSet(given: JsonValue, type: keyof typeof EMPTY_SET): JsonValue {
  if (!Array.isArray(given)) throw serializationError('Unexpected field type');
  if (given.length === 0) throw invalidParameter(EMPTY_SET[type]);
  const read = given.map((member) => readers[type[0] as 'S' | 'N' | 'B'](member, 0) as string);
  if (new Set(read).size !== read.length) {
    if (type === 'NS') throw validationError('Input collection contains duplicates');
    const suffix = type === 'BS' ? 'of type BS contains duplicates.' : ' contains duplicates.';
    throw invalidParameter(`Input collection [${read.join(', ')}]${suffix}`);
  }
  return read.every((member, index) => member === given[index]) ? given : read;
}

function readList(given: JsonValue, depth: number): JsonValue {
  if (!Array.isArray(given)) throw serializationError('Unexpected field type');
  checkDepth(depth);
  let copy: AttributeValue[] | undefined;
  for (let i = 0; i < given.length; i += 1) {
    const read = readValue(given[i], depth + 1);
    if (read !== given[i]) copy ??= given.slice() as AttributeValue[];
    if (copy) copy[i] = read;
  }
  return copy ?? given;
}

function readMap(given: JsonValue, depth: number): Item {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw serializationError('Unexpected field type');
  }
  checkDepth(depth - 1);
  let copy: Item | undefined;
  for (const name in given) {
    const value = given[name] as JsonValue;
    const read = readValue(value, depth);
    if (read === value) continue;
    copy ??= { ...given } as Item;
    setOwn(copy, name, read);
  }
  return copy ?? (given as Item);
}

function checkDepth(depth: number): void {
  if (depth <= MAX_NESTING_LEVELS) return;
  throw validationError(
    `Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit`,
  );
}

/** Deep equality; the order of a set's members and of a map's names means nothing. */
export function sameValue(left: AttributeValue, right: AttributeValue): boolean {
  const type = typeOf(left);
  if (!(type in right)) return false;
  if ('M' in left) return sameItem(left.M, (right as { M: Item }).M);
  const a: unknown = left[type as keyof typeof left];
  const b: unknown = right[type as keyof typeof right];
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  if (a.length !== b.length) return false;
  if (type === 'L') return a.every((member, index) => sameValue(member, b[index]));
  return a.every((member) => b.includes(member));
}

export function sameItem(left: Item, right: Item): boolean {
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => {
    const other = own(right, name);
    return other !== undefined && sameValue(left[name] as AttributeValue, other);
  });
}

/** The order of two values of the same scalar type; `null` when they cannot be ordered. */
export function compareValues(left: AttributeValue, right: AttributeValue): number | null {
  if ('N' in left && 'N' in right) return compareNumbers(left.N, right.N);
  if ('S' in left && 'S' in right) return compareStrings(left.S, right.S);
  if ('B' in left && 'B' in right) {
    return Buffer.compare(Buffer.from(left.B, 'base64'), Buffer.from(right.B, 'base64'));
  }
  return null;
}

/** UTF-8 order, which differs from JavaScript's order beyond the basic plane. */
function compareStrings(left: string, right: string): number {
  if (left === right) return 0;
  return Buffer.compare(Buffer.from(left, 'utf8'), Buffer.from(right, 'utf8'));
}

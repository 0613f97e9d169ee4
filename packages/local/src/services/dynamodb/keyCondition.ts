import { typeOf } from './attributeValue.ts';
import { invalidParameter, validationError } from './errors.ts';
import type { Condition, Operand } from './expressions/condition.ts';
import { partitionBytes, sortBytes, successorOfPrefix } from './keyBytes.ts';
import type { AttributeValue, KeyAttribute, KeySchema } from './model.ts';
import type { Bound } from './pages.ts';

type Comparison = '=' | '<' | '<=' | '>' | '>=' | 'BETWEEN' | 'begins_with';

interface KeyTest {
  readonly name: string;
  readonly comparison: Comparison;
  readonly values: readonly AttributeValue[];
}

/** The part of an index or table that a key condition selects. */
export interface KeyRange {
  readonly partition: Uint8Array;
  readonly partitionValue: AttributeValue;
  readonly lower: Bound | null;
  readonly upper: Bound | null;
}

const MIRRORED = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

/** Reads a key condition against a key schema. Throws `ValidationException`. */
export function readKeyCondition(condition: Condition, schema: KeySchema): KeyRange {
  const tests = collectTests(condition);
  if (tests.length > 2) throw validationError('Conditions can be of length 1 or 2 only');
  const partition = tests.find(({ name }) => name === schema.partition.name);
  if (!partition) throw missing(schema.partition);
  if (partition.comparison !== '=') throw validationError('Query key condition not supported');
  checkTypes(partition, schema.partition);
  const [partitionValue] = partition.values as [AttributeValue];
  const range = { partition: partitionBytes(partitionValue), partitionValue };
  const sort = tests.find((test) => test !== partition);
  if (!sort) return { ...range, lower: null, upper: null };
  if (!schema.sort) throw validationError('Query key condition not supported');
  if (sort.name !== schema.sort.name) throw missing(schema.sort);
  checkTypes(sort, schema.sort);
  return { ...range, ...boundsOf(sort) };
}

/** The value of the partition key that a key condition names, for authorization; `null` when it names none. */
export function partitionValueIn(condition: Condition, schema: KeySchema): AttributeValue | null {
  const partition = collectTests(condition).find(({ name }) => name === schema.partition.name);
  return (partition?.comparison === '=' && partition.values[0]) || null;
}

/** Whether a sort key lies in a range that the key condition selected. */
export function isInside(sort: Uint8Array, { lower, upper }: KeyRange): boolean {
  const fromLower = lower ? Buffer.compare(sort, lower.bytes) : 1;
  const fromUpper = upper ? Buffer.compare(sort, upper.bytes) : -1;
  return (lower?.inclusive ? fromLower >= 0 : fromLower > 0) && (upper?.inclusive ? fromUpper <= 0 : fromUpper < 0);
}

function missing({ name }: KeyAttribute): Error {
  return validationError(`Query condition missed key schema element: ${name}`);
}

function checkTypes({ values }: KeyTest, { type, name }: KeyAttribute): void {
  for (const value of values) {
    if (!(type in value)) throw invalidParameter('Condition parameter type does not match schema type');
    if (('S' in value && value.S === '') || ('B' in value && value.B === '')) {
      throw invalidParameter(
        `The AttributeValue for a key attribute cannot contain an empty ${typeOf(value) === 'S' ? 'string' : 'binary'} value. Key: ${name}`,
      );
    }
  }
}

function collectTests(condition: Condition): KeyTest[] {
  if (condition.kind === 'and') {
    const tests = [...collectTests(condition.left), ...collectTests(condition.right)];
    if (new Set(tests.map(({ name }) => name)).size === tests.length) return tests;
    throw validationError('KeyConditionExpressions must only contain one condition per key');
  }
  return [testOf(condition)];
}

function testOf(condition: Condition): KeyTest {
  switch (condition.kind) {
    case 'compare': {
      const { comparator, left, right } = condition;
      if (comparator === '<>') throw invalidOperator('<>');
      if (left.kind === 'path') return { name: keyName(left), comparison: comparator, values: [keyValue(right)] };
      if (right.kind !== 'path') throw noAttribute();
      return { name: keyName(right), comparison: MIRRORED[comparator], values: [keyValue(left)] };
    }
    case 'between': {
      const { operand, low, high } = condition;
      if (operand.kind !== 'path') throw notFirst('BETWEEN');
      return { name: keyName(operand), comparison: 'BETWEEN', values: [keyValue(low), keyValue(high)] };
    }
    case 'test': {
      const { name, subject, argument } = condition;
      if (name !== 'begins_with' || !argument) throw invalidOperator(name);
      if (subject.kind !== 'path') throw notFirst(name);
      return { name: keyName(subject), comparison: 'begins_with', values: [keyValue(argument)] };
    }
    default:
      throw invalidOperator(condition.kind.toUpperCase());
  }
}

function keyName(operand: Extract<Operand, { kind: 'path' }>): string {
  if (operand.path.length === 1) return operand.path[0] as string;
  throw validationError('KeyConditionExpressions cannot have conditions on nested attributes');
}

function keyValue(operand: Operand): AttributeValue {
  if (operand.kind === 'value') return operand.value;
  if (operand.kind === 'size') throw validationError('KeyConditionExpressions cannot contain nested operations');
  throw validationError('Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition');
}

function invalidOperator(operator: string): Error {
  return validationError(`Invalid operator used in KeyConditionExpression: ${operator}`);
}

function noAttribute(): Error {
  return validationError('Invalid condition in KeyConditionExpression: No key attribute specified');
}

function notFirst(operator: string): Error {
  return validationError(
    `Invalid condition in KeyConditionExpression: ${operator} operator must have the key attribute as its first operand`,
  );
}

function boundsOf({ comparison, values }: KeyTest): { lower: Bound | null; upper: Bound | null } {
  const [first, second] = values.map(sortBytes) as [Uint8Array, Uint8Array | undefined];
  const at = (bytes: Uint8Array, inclusive: boolean): Bound => ({ bytes, inclusive });
  switch (comparison) {
    case '=':
      return { lower: at(first, true), upper: at(first, true) };
    case '<':
    case '<=':
      return { lower: null, upper: at(first, comparison === '<=') };
    case '>':
    case '>=':
      return { lower: at(first, comparison === '>='), upper: null };
    case 'BETWEEN':
      return { lower: at(first, true), upper: at(second as Uint8Array, true) };
    case 'begins_with': {
      const end = successorOfPrefix(first);
      return { lower: at(first, true), upper: end && at(end, false) };
    }
  }
}

import { compareValues, sameValue, typeOf } from '../attributeValue.ts';
import type { AttributeValue, Item } from '../model.ts';
import type { Condition, Operand } from './condition.ts';
import { valueAt } from './path.ts';
import type { Comparator } from './syntax.ts';

/** Whether `item` satisfies the condition; an item that does not exist is one without attributes. */
export function satisfies(item: Item, condition: Condition): boolean {
  switch (condition.kind) {
    case 'and':
      return satisfies(item, condition.left) && satisfies(item, condition.right);
    case 'or':
      return satisfies(item, condition.left) || satisfies(item, condition.right);
    case 'not':
      return !satisfies(item, condition.condition);
    case 'compare':
      return compare(condition.comparator, resolve(item, condition.left), resolve(item, condition.right));
    case 'between': {
      const value = resolve(item, condition.operand);
      return compare('>=', value, resolve(item, condition.low)) && compare('<=', value, resolve(item, condition.high));
    }
    case 'in': {
      const value = resolve(item, condition.operand);
      return condition.candidates.some((candidate) => compare('=', value, resolve(item, candidate)));
    }
    case 'test':
      return test(item, condition);
  }
}

function resolve(item: Item, operand: Operand): AttributeValue | undefined {
  if (operand.kind === 'value') return operand.value;
  if (operand.kind === 'path') return valueAt(item, operand.path);
  const value = resolve(item, operand.operand);
  const size = value && sizeOf(value);
  return size === undefined ? undefined : { N: String(size) };
}

/** What the function `size` gives: bytes of a string or binary, members of a set, list or map. */
function sizeOf(value: AttributeValue): number | undefined {
  if ('S' in value) return Buffer.byteLength(value.S);
  if ('B' in value) return Buffer.from(value.B, 'base64').length;
  if ('SS' in value) return value.SS.length;
  if ('NS' in value) return value.NS.length;
  if ('BS' in value) return value.BS.length;
  if ('L' in value) return value.L.length;
  if ('M' in value) return Object.keys(value.M).length;
  return undefined;
}

/** An attribute that is missing equals nothing, is ordered with nothing and differs from everything. */
function compare(comparator: Comparator, left: AttributeValue | undefined, right: AttributeValue | undefined): boolean {
  if (comparator === '<>') return !left || !right || !sameValue(left, right);
  if (!left || !right) return false;
  if (comparator === '=') return sameValue(left, right);
  const order = compareValues(left, right);
  if (order === null) return false;
  if (comparator === '<') return order < 0;
  if (comparator === '<=') return order <= 0;
  if (comparator === '>') return order > 0;
  return order >= 0;
}

function test(item: Item, { name, subject, argument }: Extract<Condition, { kind: 'test' }>): boolean {
  const value = resolve(item, subject);
  if (name === 'attribute_exists') return value !== undefined;
  if (name === 'attribute_not_exists') return value === undefined;
  const other = argument ? resolve(item, argument) : undefined;
  if (!value || !other) return false;
  if (name === 'attribute_type') return 'S' in other && typeOf(value) === other.S;
  return name === 'begins_with' ? beginsWith(value, other) : contains(value, other);
}

function beginsWith(value: AttributeValue, prefix: AttributeValue): boolean {
  if ('S' in value && 'S' in prefix) return value.S.startsWith(prefix.S);
  if (!('B' in value) || !('B' in prefix)) return false;
  const start = Buffer.from(prefix.B, 'base64');
  return Buffer.from(value.B, 'base64').subarray(0, start.length).equals(start);
}

function contains(value: AttributeValue, member: AttributeValue): boolean {
  if ('S' in value) return 'S' in member && value.S.includes(member.S);
  if ('B' in value) return 'B' in member && Buffer.from(value.B, 'base64').includes(Buffer.from(member.B, 'base64'));
  if ('SS' in value) return 'S' in member && value.SS.includes(member.S);
  if ('NS' in value) return 'N' in member && value.NS.includes(member.N);
  if ('BS' in value) return 'B' in member && value.BS.includes(member.B);
  if ('L' in value) return value.L.some((element) => sameValue(element, member));
  return false;
}

/** Filter, condition and key-condition objects to DynamoDB expressions (AppSync guide, `util.transform`). */
import { isObject, toDynamoDB, type TypedValue } from './typedValues.ts';

export interface Expression {
  readonly expression: string;
  readonly expressionNames: Record<string, string>;
  readonly expressionValues: Record<string, TypedValue | null>;
}

const { entries, hasOwn, keys } = Object;
const { isArray } = Array;
const { stringify } = JSON;
const Refusal = Error;

interface Builder {
  /** Placeholder of an attribute path. */
  name(path: readonly string[]): string;
  /** Placeholder of a value; `label` is what AppSync calls it, made unique when taken. */
  value(label: string, value: unknown): string;
}

/** Joins the prefix of a group, a field and an operator: `or_0_title_contains`. */
type Label = (suffix: string) => string;

type Operator = (name: string, label: Label, operand: unknown, builder: Builder) => string;

const comparison =
  (sign: string, operator: string): Operator =>
  (name, label, operand, builder) =>
    `${name} ${sign} ${builder.value(label(operator), operand)}`;

const call =
  (functionName: string, operator: string): Operator =>
  (name, label, operand, builder) =>
    `${functionName}(${name},${builder.value(label(operator), operand)})`;

const between: Operator = (name, label, operand, builder) => {
  if (!isArray(operand) || operand.length !== 2) throw new Refusal('The operator between takes two values.');
  const low = builder.value(label('between_1'), operand[0]);
  return `${name} BETWEEN ${low} AND ${builder.value(label('between_2'), operand[1])}`;
};

const inList: Operator = (name, label, operand, builder) => {
  if (!isArray(operand) || operand.length === 0) throw new Refusal('The operator in takes a list of values.');
  const values: string[] = [];
  for (const value of operand) values.push(builder.value(label(`in_${values.length + 1}`), value));
  return `${name} IN (${values.join(',')})`;
};

/** The names that `attributeType` takes, and DynamoDB's. */
const ATTRIBUTE_TYPES: Readonly<Record<string, string>> = {
  _null: 'NULL',
  string: 'S',
  stringSet: 'SS',
  number: 'N',
  numberSet: 'NS',
  binary: 'B',
  binarySet: 'BS',
  boolean: 'BOOL',
  list: 'L',
  map: 'M',
};

const attributeType: Operator = (name, label, operand, builder) => {
  const type = typeof operand === 'string' && hasOwn(ATTRIBUTE_TYPES, operand) ? ATTRIBUTE_TYPES[operand] : operand;
  return `attribute_type(${name},${builder.value(label('attributeType'), type)})`;
};

/** `size` compares with a number, or with the operators of one. */
const size: Operator = (name, label, operand, builder) => {
  const sized = `size(${name})`;
  if (!isObject(operand)) return comparison('=', 'size')(sized, label, operand, builder);
  const parts: string[] = [];
  for (const [operator, value] of entries(operand)) {
    parts.push(
      applyOperator(operator, { name: sized, label: (suffix) => label(`size_${suffix}`), operand: value, builder }),
    );
  }
  return parts.join(' AND ');
};

const OPERATORS: Readonly<Record<string, Operator>> = {
  eq: comparison('=', 'eq'),
  ne: comparison('<>', 'ne'),
  le: comparison('<=', 'le'),
  lt: comparison('<', 'lt'),
  ge: comparison('>=', 'ge'),
  gt: comparison('>', 'gt'),
  in: inList,
  between,
  contains: call('contains', 'contains'),
  notContains: (name, label, operand, builder) =>
    `NOT ${call('contains', 'notContains')(name, label, operand, builder)}`,
  beginsWith: call('begins_with', 'beginsWith'),
  attributeExists: (name, _label, operand) => `${operand ? 'attribute_exists' : 'attribute_not_exists'}(${name})`,
  attributeType,
  size,
};

const KEY_OPERATORS: readonly string[] = ['eq', 'le', 'lt', 'ge', 'gt', 'between', 'beginsWith'];

interface Application {
  readonly name: string;
  readonly label: Label;
  readonly operand: unknown;
  readonly builder: Builder;
}

function applyOperator(operator: string, { name, label, operand, builder }: Application): string {
  const build = hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  if (!build) throw new Refusal(`Unsupported operator ${operator}.`);
  return build(name, label, operand, builder);
}

/** Filters and conditions: fields joined by AND, with `and`, `or` and `not` groups. */
export function filterExpression(filter: unknown): Expression {
  return build((builder) => groupParts(filter, '', builder).join(' AND '));
}

/** As `filterExpression`, and `null` where there is nothing to ask. DynamoDB refuses an empty map of values. */
export function optionalFilter(filter: unknown): Partial<Expression> | null {
  if (filter === undefined || filter === null) return null;
  const { expression, expressionNames, expressionValues } = filterExpression(filter);
  if (expression === '') return null;
  return keys(expressionValues).length === 0
    ? { expression, expressionNames }
    : { expression, expressionNames, expressionValues };
}

/** Key conditions take no groups and fewer operators. */
export function keyExpression(condition: unknown): Expression {
  return build((builder) => {
    const parts: string[] = [];
    for (const [field, operators] of entries(asObject(condition, 'The key condition'))) {
      for (const [operator, operand] of entries(asObject(operators, `The condition on ${field}`))) {
        if (!KEY_OPERATORS.includes(operator))
          throw new Refusal(`Unsupported operator ${operator} in a key condition.`);
        const label: Label = (suffix) => `${field}_${suffix}`;
        parts.push(`(${applyOperator(operator, { name: builder.name([field]), label, operand, builder })})`);
      }
    }
    return parts.join(' AND ');
  });
}

function build(write: (builder: Builder) => string): Expression {
  const expressionNames: Record<string, string> = {};
  const expressionValues: Record<string, TypedValue | null> = {};
  const builder: Builder = {
    name(path) {
      const placeholders: string[] = [];
      for (const attribute of path) placeholders.push(placeholder('#', attribute, attribute, expressionNames));
      return placeholders.join('.');
    },
    value(label, value) {
      const key = unused(`:${identifier(label)}`, expressionValues);
      expressionValues[key] = toDynamoDB(value) ?? { NULL: null };
      return key;
    },
  };
  return { expression: write(builder), expressionNames, expressionValues };
}

function placeholder(sign: string, label: string, target: string, taken: Record<string, string>): string {
  let key = sign + identifier(label);
  for (let count = 1; hasOwn(taken, key) && taken[key] !== target; count += 1)
    key = `${sign}${identifier(label)}_${count}`;
  taken[key] = target;
  return key;
}

function unused(wanted: string, taken: object): string {
  let key = wanted;
  for (let count = 1; hasOwn(taken, key); count += 1) key = `${wanted}_${count}`;
  return key;
}

/** DynamoDB allows letters, digits and underscores in a placeholder; attribute names may hold anything. */
function identifier(label: string): string {
  let result = '';
  for (const character of label) result += isWordCharacter(character) ? character : '_';
  return result;
}

function isWordCharacter(character: string): boolean {
  return (
    (character >= 'a' && character <= 'z') ||
    (character >= 'A' && character <= 'Z') ||
    (character >= '0' && character <= '9') ||
    character === '_'
  );
}

function groupParts(filter: unknown, prefix: string, builder: Builder): string[] {
  const parts: string[] = [];
  for (const [key, value] of entries(asObject(filter, 'The filter'))) {
    if (value === null || value === undefined) continue;
    if (key === 'and' || key === 'or') parts.push(...groupOf(key, value, prefix, builder));
    else if (key === 'not') parts.push(...negation(value, prefix, builder));
    else parts.push(...fieldParts([key], asObject(value, `The condition on ${key}`), prefix, builder));
  }
  return parts;
}

/** Lists hold alternatives; in an object each entry is one. */
function groupOf(key: 'and' | 'or', value: unknown, prefix: string, builder: Builder): string[] {
  const members: unknown[] = [];
  if (isArray(value)) members.push(...value);
  else
    for (const [field, condition] of entries(asObject(value, `The group ${key}`))) members.push({ [field]: condition });

  const parts: string[] = [];
  let index = 0;
  for (const member of members) {
    const inner = groupParts(member, `${prefix}${key}_${index}_`, builder);
    if (inner.length === 1) parts.push(inner[0] as string);
    else if (inner.length > 1) parts.push(`(${inner.join(' AND ')})`);
    index += 1;
  }
  return parts.length === 0 ? [] : [`(${parts.join(key === 'and' ? ' AND ' : ' OR ')})`];
}

function negation(value: unknown, prefix: string, builder: Builder): string[] {
  const inner = groupParts(value, `${prefix}not_`, builder);
  return inner.length === 0 ? [] : [`(NOT ${inner.length === 1 ? inner[0] : `(${inner.join(' AND ')})`})`];
}

/** An entry that is no operator is a member of the map attribute. */
function fieldParts(path: readonly string[], conditions: object, prefix: string, builder: Builder): string[] {
  const parts: string[] = [];
  const label: Label = (suffix) => `${prefix}${path.join('_')}_${suffix}`;
  for (const [key, operand] of entries(conditions) as [string, unknown][]) {
    if (operand === undefined) continue;
    if (hasOwn(OPERATORS, key)) {
      // Only equality means something for null; other operators of an optional filter input are not given.
      if (operand === null && key !== 'eq' && key !== 'ne') continue;
      parts.push(`(${applyOperator(key, { name: builder.name(path), label, operand, builder })})`);
    } else if (isObject(operand)) {
      parts.push(...fieldParts([...path, key], operand, prefix, builder));
    } else {
      throw new Refusal(`Unsupported operator ${key}.`);
    }
  }
  return parts;
}

function asObject(value: unknown, what: string): Record<string, unknown> {
  if (!isObject(value)) throw new Refusal(`${what} must be an object, not ${stringify(value)}.`);
  return value;
}

import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { openThings, put, refusal } from './support/engine.ts';

const item: JsonObject = {
  n: { N: '5' },
  s: { S: 'hello 日本' },
  b: { B: 'AQID' },
  yes: { BOOL: true },
  nil: { NULL: true },
  ss: { SS: ['a', 'b'] },
  ns: { NS: ['1', '2'] },
  bs: { BS: ['AQ=='] },
  l: { L: [{ N: '1' }, { S: 'x' }, { M: { deep: { N: '7' } } }] },
  m: { M: { a: { S: 'A' }, b: { L: [] } } },
  same: { N: '5.0' },
  't.dot': { S: 'dotted' },
};

const values: JsonObject = {
  ':5': { N: '5.00' },
  ':9': { N: '9' },
  ':0': { N: '0' },
  ':hello': { S: 'hello' },
  ':s': { S: 'hello 日本' },
  ':x': { S: 'x' },
  ':a': { S: 'a' },
  ':A': { S: 'A' },
  ':B': { S: 'B' },
  ':N': { S: 'N' },
  ':b1': { B: 'AQ==' },
  ':b2': { B: 'AgM=' },
  ':yes': { BOOL: true },
  ':nil': { NULL: true },
  ':sets': { SS: ['b', 'a'] },
  ':list': { L: [{ N: '1' }, { S: 'x' }, { M: { deep: { N: '7' } } }] },
  ':1': { N: '1' },
  ':2': { N: '2' },
  ':3': { N: '3' },
  ':12': { N: '12' },
};

/** The values and names that an expression mentions, since unused ones are refused. */
function mentioned(expression: string): JsonObject {
  const used = Object.entries(values).filter(([name]) => new RegExp(`${name}(?![0-9a-zA-Z_])`).test(expression));
  return {
    ...(used.length > 0 ? { ExpressionAttributeValues: Object.fromEntries(used) } : {}),
    ...(expression.includes('#dot') ? { ExpressionAttributeNames: { '#dot': 't.dot' } } : {}),
  };
}

const engine = openThings();
put(engine, 'a', 1, item);

function matches(FilterExpression: string): boolean {
  return engine.run('Scan', { TableName: 'Things', FilterExpression, ...mentioned(FilterExpression) }).Count === 1;
}

describe('A condition holds', () => {
  it.each([
    'n = :5',
    'n = same',
    'n <> :9',
    'n < :9 AND n <= :5 AND n > :0 AND n >= :5',
    'NOT n = :9',
    'not (n = :9 or n = :0)',
    'n = :9 OR n = :5 AND n = :5',
    'n BETWEEN :0 AND :9',
    'n between :5 and :5 and s = :s',
    'n IN (:9, :5)',
    'attribute_exists(m.a) AND attribute_not_exists(m.c)',
    'attribute_not_exists(l[3]) AND attribute_exists(l[2].deep)',
    'attribute_type(n, :N)',
    'begins_with(s, :hello)',
    'begins_with(b, :b1)',
    'contains(s, :hello) AND contains(ss, :a) AND contains(l, :x) AND contains(b, :b2) AND contains(ns, :1)',
    'contains(bs, :b1)',
    'size(s) = :12',
    'size(b) = :3 AND size(ss) = :2 AND size(l) = :3 AND size(m) = :2 AND size(m.b) = :0',
    ':9 > size(l)',
    'ss = :sets',
    'l = :list',
    'yes = :yes AND nil = :nil',
    '#dot <> :x',
    'm.a = :A',
    '(n) = (:5)',
    'nowhere <> :x',
    'n <> :x',
    'l[0] = :1',
  ])('%s', (expression) => {
    expect(matches(expression)).toBe(true);
  });
});

describe('A condition fails', () => {
  it.each([
    'n = :hello',
    'nowhere = :x',
    'nowhere < :9',
    'NOT attribute_exists(n)',
    'n > :5',
    's < n',
    'n IN (:9, :x)',
    'contains(n, :5)',
    'contains(ss, :x)',
    'contains(l, :A)',
    'begins_with(n, :hello)',
    'size(n) = :1',
    'size(nowhere) = :0',
    'attribute_type(s, :N)',
    'm.toString = :x',
    'attribute_exists(hasOwnProperty)',
    'yes = :x',
    'n BETWEEN :9 AND :12',
  ])('%s', (expression) => {
    expect(matches(expression)).toBe(false);
  });
});

describe('A condition is refused', () => {
  const ask = (expression: string) =>
    refusal(() => matches(expression)).replace('ValidationException: Invalid FilterExpression: ', '');

  it.each([
    ['n = ', 'Syntax error; token: "<EOF>", near: "="'],
    ['n = :5 )', 'Syntax error; token: ")", near: ":5 )"'],
    ['n', 'Syntax error; token: "<EOF>", near: "n"'],
    ['AND n = :5', 'Syntax error; token: "AND", near: "AND n"'],
    ['n = AND', 'Syntax error; token: "AND", near: "= AND"'],
    ['n ! :5', 'Syntax error; token: "!", near: "n !"'],
    ['n = 5', 'Syntax error; token: "5", near: "= 5"'],
    ['((n = :5))', 'The expression has redundant parentheses;'],
    ['attribute_exist(n)', 'Invalid function name; function: attribute_exist'],
    ['size(n)', 'The function is not allowed to be used this way in an expression; function: size'],
    ['attribute_exists(n) = :5', 'The function is not allowed to be used this way in an expression; function: attribute_exists'],
    ['contains(attribute_exists(n), :5)', 'The function is not allowed to be used this way in an expression; function: attribute_exists'],
    ['begins_with(s)', 'Incorrect number of operands for operator or function; operator or function: begins_with, number of operands: 1'],
    ['begins_with(s, :5)', 'Incorrect operand type for operator or function; operator or function: begins_with, operand type: N'],
    ['attribute_exists(:5)', 'Operator or function requires a document path; operator or function: attribute_exists'],
    ['attribute_type(n, :x)', 'Invalid attribute type name found; type: x, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}'],
    ['size(:5) = :5', 'Incorrect operand type for operator or function; operator or function: size, operand type: N'],
    ['n = n', 'The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [n]'],
    ['n < :yes', 'Incorrect operand type for operator or function; operator or function: <, operand type: BOOL'],
    ['n BETWEEN :x AND :5', 'The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {S:x}, upper bound operand: AttributeValue: {N:5}'],
    ['n BETWEEN :9 AND :5', 'The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:9}, upper bound operand: AttributeValue: {N:5}'],
    ['status = :5', 'Attribute name is a reserved keyword; reserved keyword: status'],
    ['m.status = :5', 'Attribute name is a reserved keyword; reserved keyword: status'],
    ['n = :undefined', 'An expression attribute value used in expression is not defined; attribute value: :undefined'],
    ['#n = :5', 'An expression attribute name used in the document path is not defined; attribute name: #n'],
    [' ', 'The expression can not be empty;'],
  ])('%s', (expression, message) => {
    expect(ask(expression)).toBe(message);
  }); // prettier-ignore

  it('when it nests too deeply, without exhausting the stack', () => {
    expect(ask(`${'NOT '.repeat(900)} n = :5`)).toContain('nested too deeply');
    expect(ask(`${'('.repeat(2000)}n = :5${')'.repeat(2000)}`)).toContain('nested too deeply');
  });

  it('when it has more than 100 candidates', () => {
    expect(ask(`n IN (${Array.from({ length: 101 }, () => ':5').join()})`)).toContain('number of operands: 101');
  });
});

describe('Expression attributes are refused', () => {
  const ask = (input: JsonObject) => refusal(() => engine.run('Scan', { TableName: 'Things', ...input }));

  it('when they are empty, misspelt or of a wrong type', () => {
    const FilterExpression = 'n = :5';
    expect(ask({ FilterExpression, ExpressionAttributeValues: {} })).toContain('must not be empty');
    expect(ask({ FilterExpression, ExpressionAttributeValues: { five: { N: '5' } } })).toContain(
      'ExpressionAttributeValues contains invalid key: Syntax error; key: "five"',
    );
    expect(ask({ FilterExpression, ExpressionAttributeValues: { ':5': { N: 'x' } } })).toBe(
      'ValidationException: ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a numeric value: x for key :5',
    );
    expect(ask({ FilterExpression, ExpressionAttributeNames: { n: 'x' } })).toContain(
      'ExpressionAttributeNames contains invalid key: Syntax error; key: "n"',
    );
    expect(ask({ FilterExpression, ExpressionAttributeNames: { '#n': 1 } })).toMatch(/^SerializationException/);
    expect(ask({ FilterExpression, ExpressionAttributeValues: [] })).toMatch(/^SerializationException/);
  });
});

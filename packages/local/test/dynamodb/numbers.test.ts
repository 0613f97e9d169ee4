import { describe, expect, it } from 'vitest';
import { openThings, put, refusal, sortKeys, type TestEngine } from './support/engine.ts';

const invalid = 'ValidationException: ';

function stored(engine: TestEngine, number: string): string {
  put(engine, 'a', 1, { n: { N: number } });
  const { Items } = engine.run('Scan', { TableName: 'Things' }) as { Items: { n: { N: string } }[] };
  return (Items[0] as { n: { N: string } }).n.N;
}

function computed(left: string, operator: string, right: string): string {
  const engine = openThings();
  put(engine, 'a', 1, { n: { N: left } });
  const { Attributes } = engine.run('UpdateItem', {
    TableName: 'Things',
    Key: { pk: { S: 'a' }, sk: { N: '1' } },
    UpdateExpression: `SET n = n ${operator} :right`,
    ExpressionAttributeValues: { ':right': { N: right } },
    ReturnValues: 'UPDATED_NEW',
  }) as { Attributes: { n: { N: string } } };
  return Attributes.n.N;
}

describe('Numbers', () => {
  const engine = openThings();

  it.each([
    ['007', '7'],
    ['-0', '0'],
    ['0.0', '0'],
    ['+1.50', '1.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1e3', '1000'],
    ['1.25E-3', '0.00125'],
    ['-12.340e1', '-123.4'],
    ['1234567890123456789012345678901234567.8', '1234567890123456789012345678901234567.8'],
    ['1E125', `1${'0'.repeat(125)}`],
    ['-9.9999999999999999999999999999999999999E125', `-${'9'.repeat(38)}${'0'.repeat(88)}`],
    ['1E-130', `0.${'0'.repeat(129)}1`],
    ['0E999', '0'],
  ])('%s is stored as %s', (given, normal) => {
    expect(stored(engine, given)).toBe(normal);
  });

  it.each([
    ['', 'The parameter cannot be converted to a numeric value'],
    [' 1', 'The parameter cannot be converted to a numeric value:  1'],
    ['1e', 'The parameter cannot be converted to a numeric value: 1e'],
    ['.', 'The parameter cannot be converted to a numeric value: .'],
    ['0x10', 'The parameter cannot be converted to a numeric value: 0x10'],
    ['NaN', 'The parameter cannot be converted to a numeric value: NaN'],
    ['1E126', 'Number overflow. Attempting to store a number with magnitude larger than supported range'],
    ['1E-131', 'Number underflow. Attempting to store a number with magnitude smaller than supported range'],
    ['1E999999999', 'Number overflow. Attempting to store a number with magnitude larger than supported range'],
    ['123456789012345678901234567890123456789', 'Attempting to store more than 38 significant digits in a Number'],
  ])('%j is refused', (given, message) => {
    expect(refusal(() => stored(engine, given))).toBe(invalid + message);
  });

  it.each([
    ['0.1', '+', '0.2', '0.3'],
    ['1', '-', '1.0000000000000000000000000000000000001', '-0.0000000000000000000000000000000000001'],
    ['999999999999999', '+', '1', '1000000000000000'],
    ['9007199254740993', '+', '2', '9007199254740995'],
    ['99999999999999999999999999999999999999', '+', '1', `1${'0'.repeat(38)}`],
    ['-5', '-', '-5', '0'],
    ['1E-100', '-', '1E-100', '0'],
    ['1.5', '+', '-2', '-0.5'],
  ])('%s %s %s is %s', (left, operator, right, result) => {
    expect(computed(left, operator, right)).toBe(result);
  });

  it('refuses a result that needs more than 38 digits', () => {
    expect(refusal(() => computed('1E37', '+', '0.01'))).toContain('more than 38 significant digits');
    expect(refusal(() => computed('9E125', '+', '9E125'))).toContain('Number overflow');
  });

  it('sorts by value over the whole range', () => {
    const sorted = [
      '-9E125', '-1000', '-12.34', '-12.3', '-12', '-1.5', '-1', '-0.5', '-1E-130', '0', '1E-130', '0.05', '0.5', '1',
      '1.01', '1.1', '9', '10', '12', '12.3', '12.34', '99', '100', '123456789012345678', '123456789012345679', '1E125',
    ]; // prettier-ignore
    const table = openThings();
    for (const N of [...sorted].reverse()) {
      table.run('PutItem', { TableName: 'Things', Item: { pk: { S: 'a' }, sk: { N } } });
    }
    const query = { TableName: 'Things', KeyConditionExpression: 'pk = :a' };
    const answer = table.run('Query', { ...query, ExpressionAttributeValues: { ':a': { S: 'a' } } });
    expect(sortKeys(answer)).toEqual(sorted.map(Number));
    expect(answer.Count).toBe(sorted.length);
    const above = table.run('Query', {
      ...query,
      KeyConditionExpression: 'pk = :a AND sk > :n',
      ExpressionAttributeValues: { ':a': { S: 'a' }, ':n': { N: '123456789012345678' } },
    });
    expect(above.Count).toBe(2);
  });
});

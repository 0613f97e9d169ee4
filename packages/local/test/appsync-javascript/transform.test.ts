import { describe, expect, it } from 'vitest';

import { failureOf, valueOf } from './support.ts';

function filterOf(filter: object): unknown {
  return JSON.parse(
    String(valueOf('util.transform.toDynamoDBFilterExpression(ctx.args.filter)', { args: { filter } })),
  );
}

describe('toDynamoDBFilterExpression', () => {
  it.each([
    [{ a: { ne: 1 } }, '(#a <> :a_ne)'],
    [{ a: { le: 1 } }, '(#a <= :a_le)'],
    [{ a: { ge: 1 } }, '(#a >= :a_ge)'],
    [{ a: { gt: 1, lt: 5 } }, '(#a > :a_gt) AND (#a < :a_lt)'],
    [{ a: { between: [1, 2] } }, '(#a BETWEEN :a_between_1 AND :a_between_2)'],
    [{ a: { in: [1, 2] } }, '(#a IN (:a_in_1,:a_in_2))'],
    [{ a: { notContains: 'x' } }, '(NOT contains(#a,:a_notContains))'],
    [{ a: { attributeExists: false } }, '(attribute_not_exists(#a))'],
    [{ a: { attributeType: 'string' } }, '(attribute_type(#a,:a_attributeType))'],
    [{ a: { size: { gt: 3 } } }, '(size(#a) > :a_size_gt)'],
    [{ a: { size: 3 } }, '(size(#a) = :a_size)'],
    [{ a: { b: { eq: 1 } } }, '(#a.#b = :a_b_eq)'],
    [{ 'a-b': { eq: 1 } }, '(#a_b = :a_b_eq)'],
    [{ or: [{ a: { eq: 1 } }, { a: { eq: 2 } }] }, '((#a = :or_0_a_eq) OR (#a = :or_1_a_eq))'],
    [{ or: { a: { eq: 1 }, b: { eq: 2 } } }, '((#a = :or_0_a_eq) OR (#b = :or_1_b_eq))'],
    [{ and: [{ a: { eq: 1 }, b: { eq: 2 } }] }, '(((#a = :and_0_a_eq) AND (#b = :and_0_b_eq)))'],
    [{ not: { a: { eq: 1 } } }, '(NOT (#a = :not_a_eq))'],
    [{ a: { eq: 1 }, or: [], b: null }, '(#a = :a_eq)'],
    [{ a: { contains: null }, b: { eq: 1 } }, '(#b = :b_eq)'],
  ])('%j', (filter, expression) => {
    expect(filterOf(filter)).toMatchObject({ expression });
  });

  it('gives every value its own placeholder', () => {
    expect(filterOf({ or: [{ 'a.b': { eq: 1 } }, { not: { 'a-b': { eq: null } } }] })).toEqual({
      expression: '((#a_b = :or_0_a_b_eq) OR (NOT (#a_b_1 = :or_1_not_a_b_eq)))',
      expressionNames: { '#a_b': 'a.b', '#a_b_1': 'a-b' },
      expressionValues: { ':or_0_a_b_eq': { N: 1 }, ':or_1_not_a_b_eq': { NULL: null } },
    });
  });

  it('types attributeType as DynamoDB names it', () => {
    expect(filterOf({ a: { attributeType: 'stringSet' } })).toMatchObject({
      expressionValues: { ':a_attributeType': { S: 'SS' } },
    });
  });

  it.each([
    ['{ a: { near: 1 } }', 'Unsupported operator near.'],
    ['{ a: 1 }', 'The condition on a must be an object, not 1.'],
    ['{ a: { in: [] } }', 'The operator in takes a list of values.'],
    ['{ a: { between: [1] } }', 'The operator between takes two values.'],
    ["'x'", 'The filter must be an object, not "x".'],
  ])('refuses %s', (filter, message) => {
    expect(failureOf(`util.transform.toDynamoDBFilterExpression(${filter})`)).toBe(message);
  });
});

describe('toSubscriptionFilter', () => {
  it('reads the JSON text of a client', () => {
    const args = { filter: '{"or":[{"a":{"eq":1},"b":{"eq":2}},{"c":{"in":[1,2]}}]}' };
    expect(valueOf('util.transform.toSubscriptionFilter(ctx.args.filter)', { args })).toEqual({
      filterGroup: [
        {
          filters: [
            { fieldName: 'a', operator: 'eq', value: 1 },
            { fieldName: 'b', operator: 'eq', value: 2 },
          ],
        },
        { filters: [{ fieldName: 'c', operator: 'in', value: [1, 2] }] },
      ],
    });
  });

  it('has no group when nothing is asked', () => {
    expect(valueOf("util.transform.toSubscriptionFilter({ a: { eq: 1 } }, ['a'])")).toEqual({ filterGroup: [] });
  });

  it('refuses a filter whose alternatives multiply without bound', () => {
    const pair = { or: [{ a: { eq: 1 } }, { b: { eq: 2 } }] };
    const args = { filter: { and: Array.from({ length: 40 }, () => pair) } };
    expect(failureOf('util.transform.toSubscriptionFilter(ctx.args.filter)', { args })).toBe(
      'The subscription filter has too many alternatives.',
    );
  });
});

describe('toElasticsearchQueryDSL', () => {
  it('nests groups and names the queries of OpenSearch', () => {
    const filter = {
      or: [{ title: { matchPhrase: 'a b' } }, { body: { exists: true } }],
      not: { likes: { gte: 1 } },
    };
    const query = valueOf('util.transform.toElasticsearchQueryDSL(ctx.args.filter)', { args: { filter } });
    expect(JSON.parse(String(query))).toEqual({
      bool: {
        must: [
          {
            bool: {
              should: [
                { bool: { must: [{ bool: { must: [{ match_phrase: { title: 'a b' } }] } }] } },
                { bool: { must: [{ bool: { must: [{ exists: { field: 'body' } }] } }] } },
              ],
            },
          },
          { bool: { must_not: { bool: { must: [{ bool: { must: [{ range: { likes: { gte: 1 } } }] } }] } } } },
        ],
      },
    });
  });
});

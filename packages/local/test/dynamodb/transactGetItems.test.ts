import { describe, expect, it } from 'vitest';
import { key, openThings, put, refusal } from './support/engine.ts';

const getAction = (n: number, input: object = {}) => ({ Get: { TableName: 'Things', Key: key('a', n), ...input } });

describe('TransactGetItems validations', () => {
  it('refuses an item twice and an element without Get', () => {
    const engine = openThings();
    expect(refusal(() => engine.run('TransactGetItems', { TransactItems: [getAction(1), getAction(1)] }))).toBe(
      'ValidationException: Transaction request cannot include multiple operations on one item',
    );
    expect(refusal(() => engine.run('TransactGetItems', { TransactItems: [{}] }))).toContain(
      "Value null at 'transactItems.1.member.get' failed to satisfy constraint: Member must not be null",
    );
  });
});

describe('TransactGetItems functionality', () => {
  it('answers in the order of the request, with an empty member for a missing item', () => {
    const engine = openThings();
    put(engine, 'a', 2, { x: { S: 'x' } });
    const answer = engine.run('TransactGetItems', {
      TransactItems: [getAction(1), getAction(2, { ProjectionExpression: 'x' })],
      ReturnConsumedCapacity: 'TOTAL',
    });
    expect(answer).toEqual({
      Responses: [{}, { Item: { x: { S: 'x' } } }],
      ConsumedCapacity: [{ TableName: 'Things', CapacityUnits: 4, ReadCapacityUnits: 4 }],
    });
  });
});

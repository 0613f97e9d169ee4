import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { byAuthor, key, openThings } from './support/engine.ts';

const table = 'arn:aws:dynamodb:us-east-1:123456789012:table/Things';
const { db } = openThings({ indexes: [byAuthor()] });
const Things = { TableName: 'Things' };

describe('What a call wants to do', () => {
  it('is its action on the table, with keys and attributes', () => {
    expect(db.access('GetItem', { ...Things, Key: key('u1', 1) })).toEqual([
      {
        action: 'dynamodb:GetItem',
        resource: table,
        context: { 'dynamodb:Select': 'ALL_ATTRIBUTES', 'dynamodb:LeadingKeys': ['u1'] },
      },
    ]);
    expect(db.access('GetItem', { ...Things, Key: key('u1', 1), ProjectionExpression: 'a.b, c' })[0]?.context).toEqual({
      'dynamodb:Select': 'SPECIFIC_ATTRIBUTES',
      'dynamodb:Attributes': ['pk', 'sk', 'a', 'c'],
      'dynamodb:LeadingKeys': ['u1'],
    });
  });

  it('names the attributes and return values of a write', () => {
    const update = {
      ...Things,
      Key: key('u1', 1),
      UpdateExpression: 'SET #a.b = :v REMOVE c',
      ConditionExpression: 'attribute_exists(d)',
      ExpressionAttributeNames: { '#a': 'name' },
      ExpressionAttributeValues: { ':v': { N: '1' } },
      ReturnValues: 'ALL_NEW',
      ReturnConsumedCapacity: 'TOTAL',
    };
    expect(db.access('UpdateItem', update)).toEqual([
      {
        action: 'dynamodb:UpdateItem',
        resource: table,
        context: {
          'dynamodb:Attributes': ['pk', 'sk', 'name', 'c', 'd'],
          'dynamodb:ReturnValues': 'ALL_NEW',
          'dynamodb:LeadingKeys': ['u1'],
          'dynamodb:ReturnConsumedCapacity': 'TOTAL',
        },
      },
    ]);
    expect(db.access('PutItem', { ...Things, Item: { ...key('u1', 1), x: { S: 'y' } } })[0]?.context).toEqual({
      'dynamodb:Attributes': ['pk', 'sk', 'x'],
      'dynamodb:ReturnValues': 'NONE',
      'dynamodb:LeadingKeys': ['u1'],
    });
  });

  it('is on the index where one is read, with the index’s leading key', () => {
    const query = {
      ...Things,
      IndexName: 'byAuthor',
      KeyConditionExpression: 'author = :a',
      ExpressionAttributeValues: { ':a': { S: 'u2' } },
    };
    expect(db.access('Query', query)).toEqual([
      {
        action: 'dynamodb:Query',
        resource: `${table}/index/byAuthor`,
        context: {
          'dynamodb:Select': 'ALL_PROJECTED_ATTRIBUTES',
          'dynamodb:Attributes': ['author'],
          'dynamodb:LeadingKeys': ['u2'],
        },
      },
    ]);
    expect(db.access('Scan', { ...Things, IndexName: 'byAuthor', Select: 'COUNT' })).toEqual([
      { action: 'dynamodb:Scan', resource: `${table}/index/byAuthor`, context: { 'dynamodb:Select': 'COUNT' } },
    ]);
  });

  it('is one batch action for each table of a batch', () => {
    const RequestItems: JsonObject = {
      Things: [{ PutRequest: { Item: key('u1', 1) } }, { DeleteRequest: { Key: key('u2', 1) } }],
      Other: [{ DeleteRequest: { Key: { id: { S: 'x' } } } }],
    };
    expect(db.access('BatchWriteItem', { RequestItems })).toEqual([
      {
        action: 'dynamodb:BatchWriteItem',
        resource: table,
        context: { 'dynamodb:Attributes': ['pk', 'sk'], 'dynamodb:LeadingKeys': ['u1', 'u2'] },
      },
      {
        action: 'dynamodb:BatchWriteItem',
        resource: 'arn:aws:dynamodb:us-east-1:123456789012:table/Other',
        context: { 'dynamodb:Attributes': ['id'] },
      },
    ]);
    expect(db.access('BatchGetItem', { RequestItems: { Things: { Keys: [key('u1', 1)] } } })).toEqual([
      {
        action: 'dynamodb:BatchGetItem',
        resource: table,
        context: { 'dynamodb:Select': 'ALL_ATTRIBUTES', 'dynamodb:LeadingKeys': ['u1'] },
      },
    ]);
  });

  it('is the underlying action for each element of a transaction', () => {
    const at = (n: number) => ({ ...Things, Key: key(`u${n}`, 1) });
    const TransactItems: JsonObject[] = [
      { Put: { ...Things, Item: key('u1', 1) } },
      { Update: { ...at(2), UpdateExpression: 'REMOVE x' } },
      { Delete: at(3) },
      { ConditionCheck: { ...at(4), ConditionExpression: 'attribute_exists(pk)' } },
    ];
    const access = db.access('TransactWriteItems', { TransactItems });
    expect(access.map(({ action, context }) => [action, context?.['dynamodb:LeadingKeys']])).toEqual([
      ['dynamodb:PutItem', ['u1']],
      ['dynamodb:UpdateItem', ['u2']],
      ['dynamodb:DeleteItem', ['u3']],
      ['dynamodb:ConditionCheckItem', ['u4']],
    ]);
    expect(access.every(({ resource }) => resource === table)).toBe(true);
    expect(access[0]?.context?.['dynamodb:EnclosingOperation']).toBe('TransactWriteItems');
    expect(db.access('TransactGetItems', { TransactItems: [{ Get: at(1) }] })[0]?.action).toBe('dynamodb:GetItem');
  });

  it('can be told of a table that does not exist, an ARN, and an input that will be refused', () => {
    expect(db.access('GetItem', { TableName: 'Nothing', Key: key('a', 1) })[0]?.resource).toBe(
      'arn:aws:dynamodb:us-east-1:123456789012:table/Nothing',
    );
    expect(db.access('DeleteTable', { TableName: table })).toEqual([
      { action: 'dynamodb:DeleteTable', resource: table, context: {} },
    ]);
    expect(db.access('ListTables', {})).toEqual([{ action: 'dynamodb:ListTables', resource: '*' }]);
    for (const operation of ['GetItem', 'Query', 'PutItem', 'BatchGetItem', 'BatchWriteItem', 'TransactWriteItems']) {
      const broken = {
        TableName: 1,
        Key: [],
        Item: 'x',
        RequestItems: { Things: [1, null] },
        TransactItems: [null, { Put: 1 }],
      };
      expect(() => db.access(operation, broken)).not.toThrow();
      const nulls = { TableName: null, Key: null, KeyConditionExpression: 'a =', ExpressionAttributeNames: null };
      expect(() => db.access(operation, nulls)).not.toThrow();
    }
  });
});

import type { JsonObject } from '../src/json.ts';

export const ITEMS = 5_000;
const ITEMS_IN_PARTITION = 50;

export interface Workload {
  readonly name: string;
  readonly operation: string;
  readonly input: (call: number) => JsonObject;
  /** Least ratio of the engine's speed to dynalite's. */
  readonly atLeast?: number;
  /** dynalite has no transactions. */
  readonly engineOnly?: true;
}

const partition = (number: number): string =>
  `user-${String(Math.floor(number / ITEMS_IN_PARTITION)).padStart(8, '0')}`;
const sort = (number: number): string => `post-${String(number).padStart(10, '0')}`;
const key = (number: number): JsonObject => ({ pk: { S: partition(number) }, sk: { S: sort(number) } });

/** About 600 bytes, like a post. */
export function item(number: number): JsonObject {
  return {
    ...key(number),
    author: { S: `author-${number % 100}` },
    createdAt: { N: String(1_700_000_000_000 + number) },
    body: { S: 'The quick brown fox jumps over the lazy dog. '.repeat(9) },
    tags: { SS: ['fox', 'dog', 'lazy'] },
    counts: { M: { likes: { N: String(number % 1000) }, comments: { N: '3' } } },
    visible: { BOOL: true },
    photo: { M: { id: { S: `photo-${number}` }, width: { N: '1200' }, height: { N: '800' } } },
  };
}

/** Spreads calls over the items without repeating a short cycle. */
const some = (call: number): number => (call * 7919) % ITEMS;

export const workloads: readonly Workload[] = [
  {
    name: 'put',
    operation: 'PutItem',
    input: (call) => ({ TableName: 'Bench', Item: item(ITEMS + call) }),
    atLeast: 5,
  },
  { name: 'get', operation: 'GetItem', input: (call) => ({ TableName: 'Bench', Key: key(some(call)) }), atLeast: 2 },
  {
    name: 'query 20',
    operation: 'Query',
    input: (call) => ({
      TableName: 'Bench',
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: partition(some(call)) } },
      Limit: 20,
    }),
    atLeast: 2,
  },
  {
    name: 'query 20 index',
    operation: 'Query',
    input: (call) => ({
      TableName: 'Bench',
      IndexName: 'byAuthor',
      KeyConditionExpression: 'author = :author',
      ExpressionAttributeValues: { ':author': { S: `author-${call % 100}` } },
      Limit: 20,
    }),
  },
  {
    name: 'update',
    operation: 'UpdateItem',
    input: (call) => ({
      TableName: 'Bench',
      Key: key(some(call)),
      UpdateExpression: 'SET counts.likes = counts.likes + :one, visible = :yes',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':one': { N: '1' }, ':yes': { BOOL: true } },
    }),
  },
  {
    name: 'transact 3',
    operation: 'TransactWriteItems',
    input: (call) => ({
      TransactItems: [1, 2, 3].map((n) => ({ Put: { TableName: 'Bench', Item: item(some(call) + n * ITEMS) } })),
    }),
    engineOnly: true,
  },
];

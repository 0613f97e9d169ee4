import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from './dynamodb.ts';
import type { Image } from './records.ts';

export interface PageQuery {
  readonly table: string;
  /** Absent: the table itself, read strongly consistent. */
  readonly index?: string;
  /** Name and value of the partition key. */
  readonly partition: readonly [name: string, value: string];
  /** Name of the sort key and what it begins with. */
  readonly prefix?: readonly [name: string, value: string];
  readonly limit: number;
  /** `next` of the page before. */
  readonly position?: string | undefined;
}

export interface ItemPage {
  readonly items: readonly Image[];
  /** Where the next page begins; null: there is none. */
  readonly next: string | null;
}

/** A page of a query in ascending order. */
export async function queryPage(query: PageQuery): Promise<ItemPage> {
  const { table, index, partition, prefix, limit, position } = query;
  const { Items = [], LastEvaluatedKey } = await dynamodb.send(
    new QueryCommand({
      TableName: table,
      ...(index === undefined ? { ConsistentRead: true } : { IndexName: index }),
      KeyConditionExpression: `#partition = :partition${prefix ? ' AND begins_with(#sort, :prefix)' : ''}`,
      ExpressionAttributeNames: { '#partition': partition[0], ...(prefix ? { '#sort': prefix[0] } : {}) },
      ExpressionAttributeValues: { ':partition': partition[1], ...(prefix ? { ':prefix': prefix[1] } : {}) },
      Limit: limit,
      ...(position === undefined ? {} : { ExclusiveStartKey: JSON.parse(position) as Record<string, string> }),
    }),
  );
  return { items: Items, next: LastEvaluatedKey ? JSON.stringify(LastEvaluatedKey) : null };
}

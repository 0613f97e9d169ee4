import type { JsonObject } from '../src/json.ts';
import type { BenchTarget } from './targets.ts';
import { item, ITEMS } from './workloads.ts';

/** The table of the workloads, with its items. */
export async function fillTable(target: BenchTarget): Promise<void> {
  await target.run('CreateTable', {
    TableName: 'Bench',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
      { AttributeName: 'author', AttributeType: 'S' },
      { AttributeName: 'createdAt', AttributeType: 'N' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'byAuthor',
        KeySchema: [
          { AttributeName: 'author', KeyType: 'HASH' },
          { AttributeName: 'createdAt', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  });
  // dynalite makes a table active in a timer of its own.
  for (;;) {
    const { Table } = (await target.run('DescribeTable', { TableName: 'Bench' })) as { Table: JsonObject };
    if (Table.TableStatus === 'ACTIVE') break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  for (let number = 0; number < ITEMS; number += 1) {
    await target.run('PutItem', { TableName: 'Bench', Item: item(number) });
  }
}

import { CreateTableCommand, type DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { tables } from '../../../infra/tables.ts';
import type { Data, TableKey } from '../data.ts';

/** Those that the measured operations use. */
const USED = ['users', 'posts', 'edges', 'timelines'] as const satisfies readonly TableKey[];
const BATCH = 25;

/** Makes the tables, which are named like their keys, and fills them. Their streams nobody would read, and no query uses an index. */
export async function fillTables(client: DynamoDBClient, documents: DynamoDBDocumentClient, data: Data): Promise<void> {
  for (const table of USED) {
    const definition = tables[table];
    const keys = [definition.partitionKey, 'sortKey' in definition ? definition.sortKey : undefined];
    const named = keys.filter((name) => name !== undefined);
    await client.send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: named.map((name) => ({ AttributeName: name, AttributeType: 'S' })),
        KeySchema: named.map((name, index) => ({ AttributeName: name, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
      }),
    );
    await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 1, maxDelay: 1 }, { TableName: table });
    for (let at = 0; at < data[table].length; at += BATCH) {
      const requests = data[table].slice(at, at + BATCH).map((Item) => ({ PutRequest: { Item } }));
      await documents.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
    }
  }
}

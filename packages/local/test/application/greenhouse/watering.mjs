// Counts the litres of each watering, as the average of a sensor of that name.
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

export async function handler({ litres, at = new Date().toISOString() }) {
  await client.send(
    new UpdateItemCommand({
      TableName: process.env.AVERAGES_TABLE,
      Key: { sensor: { S: 'watering' } },
      UpdateExpression: 'ADD #total :litres, #readings :one SET #at = :at',
      ExpressionAttributeNames: { '#total': 'total', '#readings': 'readings', '#at': 'at' },
      ExpressionAttributeValues: { ':litres': { N: String(litres) }, ':one': { N: '1' }, ':at': { S: at } },
    }),
  );
}

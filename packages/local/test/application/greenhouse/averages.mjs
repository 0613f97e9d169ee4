// Adds each new reading to the running average of its sensor.
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

export async function handler(event) {
  for (const { dynamodb } of event.Records) {
    await client.send(
      new UpdateItemCommand({
        TableName: process.env.AVERAGES_TABLE,
        Key: { sensor: dynamodb.NewImage.sensor },
        UpdateExpression: 'ADD #total :celsius, #readings :one',
        ExpressionAttributeNames: { '#total': 'total', '#readings': 'readings' },
        ExpressionAttributeValues: { ':celsius': dynamodb.NewImage.celsius, ':one': { N: '1' } },
      }),
    );
  }
  return { batchItemFailures: [] };
}

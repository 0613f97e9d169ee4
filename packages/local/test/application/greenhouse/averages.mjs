// Adds each new reading to the running average of its sensor, and tells of those that are too hot.
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const HOT = 40;
const dynamodb = new DynamoDBClient({});
const sqs = new SQSClient({});

export async function handler(event) {
  for (const { dynamodb: change } of event.Records) {
    const { sensor, celsius } = change.NewImage;
    await dynamodb.send(
      new UpdateItemCommand({
        TableName: process.env.AVERAGES_TABLE,
        Key: { sensor },
        UpdateExpression: 'ADD #total :celsius, #readings :one',
        ExpressionAttributeNames: { '#total': 'total', '#readings': 'readings' },
        ExpressionAttributeValues: { ':celsius': celsius, ':one': { N: '1' } },
      }),
    );
    if (Number(celsius.N) <= HOT) continue;
    const MessageBody = JSON.stringify({ sensor: sensor.S, celsius: Number(celsius.N) });
    await sqs.send(new SendMessageCommand({ QueueUrl: process.env.ALERTS_QUEUE_URL, MessageBody }));
  }
  return { batchItemFailures: [] };
}

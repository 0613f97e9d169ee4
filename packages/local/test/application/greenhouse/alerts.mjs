// Notes for each sensor the last reading that was too hot. What it cannot read comes back, and ends in the other queue.
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

export async function handler({ Records }) {
  const batchItemFailures = [];
  for (const { messageId, body } of Records) {
    try {
      await note(JSON.parse(body));
    } catch (error) {
      console.error(`message ${messageId}: ${error}`);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}

async function note({ sensor, celsius }) {
  await client.send(
    new UpdateItemCommand({
      TableName: process.env.AVERAGES_TABLE,
      Key: { sensor: { S: sensor } },
      UpdateExpression: 'SET alert = :celsius',
      ExpressionAttributeValues: { ':celsius': { N: String(celsius) } },
    }),
  );
}

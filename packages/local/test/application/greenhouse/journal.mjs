// Records the readings of an uploaded page: one "time celsius" per line, for the sensor that the page is named after.
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';

const database = new DynamoDBClient({});
const objects = new S3Client({});

export async function handler(event) {
  for (const { s3 } of event.Records) {
    const key = decodeURIComponent(s3.object.key.replaceAll('+', ' '));
    const page = await objects.send(new GetObjectCommand({ Bucket: s3.bucket.name, Key: key }));
    const sensor = /([^/]+)\.txt$/.exec(key)[1];
    for (const line of (await page.Body.transformToString()).trim().split('\n')) {
      const [at, celsius] = line.split(' ');
      const Item = { sensor: { S: sensor }, at: { S: at }, celsius: { N: celsius } };
      await database.send(new PutItemCommand({ TableName: process.env.READINGS_TABLE, Item }));
    }
  }
}

import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { GetObjectCommand, ListBucketsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { setTimeout } from 'node:timers/promises';
import type { buckets } from '../../infra/buckets.ts';
import type { tables } from '../../infra/tables.ts';
import { signedPost } from './signed.ts';
import { target } from './target.ts';

const { region, awsEndpoint, accessKeyId, secretAccessKey } = target;

/** Whether the system is the local one, which can be controlled, or AWS. */
export const isLocal = awsEndpoint !== '';

const client = { region, credentials: { accessKeyId, secretAccessKey }, ...(isLocal ? { endpoint: awsEndpoint } : {}) };

export const cognito = new CognitoIdentityProviderClient(client);
const sqs = new SQSClient(client);
export const ses = new SESv2Client(client);
export const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient(client), {
  marshallOptions: { removeUndefinedValues: true },
});
export const s3 = new S3Client({ ...client, forcePathStyle: isLocal });

export type Item = Record<string, unknown>;

export const tableName = (table: string): string => `hiroba-dev-${table}`;

/** What is stored under a key, read strongly consistent through the AWS endpoint. */
export async function storedItem(table: keyof typeof tables, key: Item): Promise<Item | undefined> {
  const { Item } = await dynamodb.send(new GetCommand({ TableName: tableName(table), Key: key, ConsistentRead: true }));
  return Item;
}

/** Every item of a partition. */
export async function storedPartition(
  table: keyof typeof tables,
  partitionKey: string,
  value: string,
): Promise<Item[]> {
  const { Items } = await dynamodb.send(
    new QueryCommand({
      TableName: tableName(table),
      KeyConditionExpression: '#key = :value',
      ExpressionAttributeNames: { '#key': partitionKey },
      ExpressionAttributeValues: { ':value': value },
      ConsistentRead: true,
    }),
  );
  return Items ?? [];
}

/** Of a bucket of the stage; the whole name ends in the account. */
export async function bucketName(bucket: string): Promise<string> {
  const start = `hiroba-dev-${bucket}-`;
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const found = Buckets.find(({ Name }) => Name?.startsWith(start));
  if (!found?.Name) throw new Error(`no bucket's name begins with ${start}`);
  return found.Name;
}

/** The names of a bucket's objects that begin with a prefix. */
export async function storedKeys(bucket: keyof typeof buckets, prefix = ''): Promise<string[]> {
  const { Contents = [] } = await s3.send(
    new ListObjectsV2Command({ Bucket: await bucketName(bucket), Prefix: prefix }),
  );
  return Contents.map(({ Key }) => Key ?? '');
}

export async function storedObject(bucket: keyof typeof buckets, key: string): Promise<Uint8Array> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: await bucketName(bucket), Key: key }));
  return (await Body?.transformToByteArray()) ?? new Uint8Array();
}

export async function streamArn(table: string): Promise<string> {
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: tableName(table) }));
  return Table?.LatestStreamArn ?? '';
}

/** Of a queue of the stage. */
export async function queueUrl(queue: string): Promise<string> {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: `hiroba-dev-${queue}` }));
  return QueueUrl ?? '';
}

/** The local system's own operations, as waiting for its streams. */
export async function control(operation: string, input: object = {}): Promise<Item> {
  if (!isLocal) throw new Error(`${operation} is an operation of the local system, and the tests run against AWS`);
  const url = new URL(`/_local/${operation}`, awsEndpoint);
  const response = await signedPost(url, JSON.stringify(input), { service: 'local' });
  const answer = (await response.json()) as Item;
  if (!response.ok) throw new Error(`${operation}: ${JSON.stringify(answer)}`);
  return answer;
}

/** Resolves when every stream record written so far is handled: counters, digests and notifications are up to date. */
export async function settled(): Promise<void> {
  // AWS cannot be asked: its streams are read four times a second and collected for a few.
  if (isLocal) await control('idle');
  else await setTimeout(15_000);
}

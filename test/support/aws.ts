import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { setTimeout } from 'node:timers/promises';
import type { tables } from '../../infra/tables.ts';
import { signedPost } from './signed.ts';
import { target } from './target.ts';

const { region, awsEndpoint, accessKeyId, secretAccessKey } = target;

/** Whether the system is the local one, which can be controlled, or AWS. */
export const isLocal = awsEndpoint !== '';

const client = { region, credentials: { accessKeyId, secretAccessKey }, ...(isLocal ? { endpoint: awsEndpoint } : {}) };

export const cognito = new CognitoIdentityProviderClient(client);
export const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient(client));

export type Item = Record<string, unknown>;

export const tableName = (table: keyof typeof tables): string => `hiroba-dev-${table}`;

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

/** The local system's own operations, as waiting for its streams. */
export async function control(operation: string, input: object = {}): Promise<Item> {
  if (!isLocal) throw new Error(`${operation} is an operation of the local system, and the tests run against AWS`);
  const response = await signedPost('local', new URL(`/_local/${operation}`, awsEndpoint), JSON.stringify(input));
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

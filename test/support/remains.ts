import { ListUsersCommand } from '@aws-sdk/client-cognito-identity-provider';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListBucketsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { cognito, dynamodb, type Item } from './aws.ts';
import { target } from './target.ts';

const { region, awsEndpoint, accessKeyId, secretAccessKey } = target;
const s3 = new S3Client({
  region,
  credentials: { accessKeyId, secretAccessKey },
  ...(awsEndpoint === '' ? {} : { endpoint: awsEndpoint, forcePathStyle: true }),
});

/**
 * Everything stored that has one of the texts in it, by where it is: items of tables, objects by their names and, where they
 * are JSON, their contents, members of the user pool.
 */
export async function remainsOf(texts: readonly string[]): Promise<Record<string, Item[]>> {
  const has = (item: object): boolean => {
    const json = JSON.stringify(item);
    return texts.some((text) => json.includes(text));
  };
  const places = [...(await tables()), ...(await buckets()), await members()];
  return Object.fromEntries(
    places.map(([place, items]) => [place, items.filter(has)] as const).filter(([, items]) => items.length > 0),
  );
}

type Place = readonly [name: string, items: Item[]];

async function tables(): Promise<Place[]> {
  const { TableNames = [] } = await dynamodb.send(new ListTablesCommand({}));
  return Promise.all(
    TableNames.map(async (TableName): Promise<Place> => {
      const items: Item[] = [];
      for (let ExclusiveStartKey: Item | undefined, first = true; first || ExclusiveStartKey; first = false) {
        const page = await dynamodb.send(new ScanCommand({ TableName, ConsistentRead: true, ExclusiveStartKey }));
        items.push(...(page.Items ?? []));
        ExclusiveStartKey = page.LastEvaluatedKey;
      }
      return [TableName.replace('hiroba-dev-', ''), items];
    }),
  );
}

async function buckets(): Promise<Place[]> {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  return Promise.all(
    Buckets.map(async ({ Name = '' }): Promise<Place> => {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: Name }));
      return [
        Name,
        await Promise.all(Contents.map(async ({ Key = '' }) => ({ Key, ...(await contentOf(Name, Key)) }))),
      ];
    }),
  );
}

async function contentOf(Bucket: string, Key: string): Promise<{ readonly content?: string | undefined }> {
  if (!Key.endsWith('json')) return {};
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return { content: await Body?.transformToString() };
}

async function members(): Promise<Place> {
  const { Users = [] } = await cognito.send(new ListUsersCommand({ UserPoolId: target.userPoolId }));
  return ['members', Users.map(({ Username, Attributes }) => ({ Username, Attributes }))];
}

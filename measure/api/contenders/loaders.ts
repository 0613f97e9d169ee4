import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import DataLoader from 'dataloader';
import type { EdgeItem, Item, PostItem, StatsItem, TableKey, UserItem } from '../data.ts';

type Key = Readonly<Record<string, string>>;

const BATCH = 100;

/** What one request reads by key, each once, in as few BatchGetItem as there are waves of resolvers. */
export interface Loaders {
  readonly users: DataLoader<string, UserItem | null>;
  readonly posts: DataLoader<string, PostItem | null>;
  readonly stats: DataLoader<string, StatsItem | null>;
  readonly edges: DataLoader<{ readonly userId: string; readonly edge: string }, EdgeItem | null, string>;
}

export function loadersOf(documents: DynamoDBDocumentClient): Loaders {
  const table =
    <Id, Of>(TableName: TableKey, keyOf: (id: Id) => Key, ConsistentRead: boolean) =>
    async (ids: readonly Id[]): Promise<(Of | null)[]> => {
      const Keys = ids.map(keyOf);
      const found = await batchGet(documents, { TableName, Keys, ConsistentRead });
      return Keys.map((key) => (found.get(textOf(key, key)) as Of | undefined) ?? null);
    };
  const options = { maxBatchSize: BATCH };
  return {
    users: new DataLoader(
      table<string, UserItem>('users', (userId) => ({ userId }), false),
      options,
    ),
    posts: new DataLoader(
      table<string, PostItem>('posts', (postId) => ({ postId, item: 'POST' }), false),
      options,
    ),
    stats: new DataLoader(
      table<string, StatsItem>('posts', (postId) => ({ postId, item: 'STATS' }), false),
      options,
    ),
    edges: new DataLoader(
      table<{ userId: string; edge: string }, EdgeItem>('edges', (key) => key, true),
      { ...options, cacheKeyFn: ({ userId, edge }) => `${userId} ${edge}` },
    ),
  };
}

async function batchGet(
  documents: DynamoDBDocumentClient,
  asked: { readonly TableName: string; readonly Keys: Key[]; readonly ConsistentRead: boolean },
): Promise<ReadonlyMap<string, Item>> {
  const { TableName, Keys, ConsistentRead } = asked;
  const found = new Map<string, Item>();
  const [like] = Keys;
  let keys: Record<string, unknown>[] = Keys;
  while (like && keys.length > 0) {
    const answer = await documents.send(
      new BatchGetCommand({ RequestItems: { [TableName]: { Keys: keys, ConsistentRead } } }),
    );
    for (const item of answer.Responses?.[TableName] ?? []) found.set(textOf(item, like), item);
    keys = answer.UnprocessedKeys?.[TableName]?.Keys ?? [];
  }
  return found;
}

/** The values of an item's key; `like` has the names. */
const textOf = (item: Item, like: Key): string =>
  Object.keys(like)
    .map((name) => String(item[name]))
    .join(' ');

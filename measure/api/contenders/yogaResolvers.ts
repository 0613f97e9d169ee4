import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { DigestItem, Item, PostItem, TableKey, TimelineItem, UserItem } from '../data.ts';
import type { Loaders } from './loaders.ts';
import {
  connection,
  type CreatePostInput,
  keyOf,
  newPost,
  type PageArguments,
  pageOf,
  type PostSource,
  toPost,
  toStats,
  toUser,
} from './shapes.ts';

export interface Context {
  readonly viewer: string;
  readonly documents: DynamoDBDocumentClient;
  readonly loaders: Loaders;
}

const MAX_BODY_BYTES = 1_000;
const MAX_MUTES = 1_000;
const MAX_CELEBRITIES = 100;

/** The same rules as Hiroba's, and the same strength of each read, with what can be read at once read at once. */
export const resolvers = {
  Query: { post, viewer: () => ({}) },
  Viewer: { feed },
  Mutation: { createPost },
  Post: {
    async author({ authorId }: PostSource, _: unknown, { loaders }: Context) {
      const user = await loaders.users.load(authorId);
      return user ? toUser(user) : null;
    },
    async stats({ postId }: PostSource, _: unknown, { loaders }: Context) {
      return toStats(await loaders.stats.load(postId));
    },
    async viewerHasLiked({ postId }: PostSource, _: unknown, { loaders, viewer }: Context) {
      return (await loaders.edges.load({ userId: viewer, edge: `LIKE#${postId}` })) !== null;
    },
  },
};

async function post(_: unknown, { id }: { readonly id: string }, context: Context) {
  const { documents, loaders, viewer } = context;
  const item = await read<PostItem>(documents, 'posts', { postId: keyOf('Post', id), item: 'POST' });
  if (!item || !isAlive(item)) return null;
  const { authorId, visibility } = item;
  if (authorId === viewer) return toPost(item);
  const [byViewer, byAuthor, follow] = await Promise.all([
    loaders.edges.load({ userId: viewer, edge: `BLOCK#${authorId}` }),
    loaders.edges.load({ userId: authorId, edge: `BLOCK#${viewer}` }),
    visibility === 'FOLLOWERS' ? loaders.edges.load({ userId: viewer, edge: `FOLLOW#${authorId}` }) : null,
  ]);
  return !byViewer && !byAuthor && (visibility === 'PUBLIC' || follow) ? toPost(item) : null;
}

async function feed(_: unknown, args: PageArguments, { documents, loaders, viewer }: Context) {
  const page = pageOf(args);
  const now = Date.now() / 1_000;
  const [celebrities, mutes, pushed, own] = await Promise.all([
    query<TimelineItem>(documents, 'timelines', { userId: `CELEBRITIES#${viewer}` }, { Limit: MAX_CELEBRITIES }),
    query<Item>(documents, 'edges', { userId: viewer }, { sort: ['edge', 'MUTE#'], Limit: MAX_MUTES }),
    query<TimelineItem>(
      documents,
      'timelines',
      { userId: viewer },
      { below: ['entry', page.after], Limit: page.size + 1, newestFirst: true },
    ),
    read<DigestItem>(documents, 'timelines', { userId: `DIGEST#${viewer}`, entry: 'DIGEST' }),
  ]);
  const muted = new Set(mutes.map(({ targetId }) => targetId));
  const merged = await Promise.all(
    celebrities
      .filter(({ entry, expiresAt }) => !(expiresAt <= now) && !muted.has(entry))
      .map(({ entry }) => read<DigestItem>(documents, 'timelines', { userId: `DIGEST#${entry}`, entry: 'DIGEST' })),
  );
  const ids = new Set([
    ...pushed.filter(({ expiresAt }) => expiresAt > now).map(({ entry }) => entry),
    ...[own, ...merged].flatMap((digest) => digest?.postIds ?? []),
  ]);
  const newest = [...ids]
    .filter((id) => page.after === null || id < page.after)
    .sort()
    .reverse()
    .slice(0, page.size + 1);
  const shown = newest.slice(0, page.size);
  const posts = (await Promise.all(shown.map((id) => loaders.posts.load(id)))).filter((item) => item !== null);
  const followed = await Promise.all(
    posts.map(
      async ({ authorId }) =>
        authorId === viewer ||
        ((await loaders.edges.load({ userId: viewer, edge: `FOLLOW#${authorId}` })) !== null && !muted.has(authorId)),
    ),
  );
  const visible = new Map(
    posts.filter((item, index) => isAlive(item) && followed[index]).map((item) => [item.postId, item]),
  );
  return connection(newest, page, (id) => visible.get(id));
}

async function createPost(_: unknown, { input }: { readonly input: CreatePostInput }, context: Context) {
  const { documents, viewer } = context;
  const profile = await read<UserItem>(documents, 'users', { userId: viewer });
  if (!profile) return refusal('PROFILE_REQUIRED', 'Claim a handle first.');
  if (profile.status !== 'ACTIVE') return refusal('ACCOUNT_NOT_ACTIVE', 'This account may not write.');
  if (Buffer.byteLength(input.body) > MAX_BODY_BYTES) return refusal('TOO_LONG', 'The body is too long.');
  const item = newPost(input, viewer);
  try {
    await documents.send(
      new PutCommand({ TableName: 'posts', Item: item, ConditionExpression: 'attribute_not_exists(postId)' }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const stored = await read<PostItem>(documents, 'posts', { postId: item.postId, item: 'POST' });
    if (stored?.authorId !== viewer) return refusal('IDEMPOTENCY_KEY_REUSED', 'This key has been used before.');
    return { post: toPost(stored), userErrors: [] };
  }
  return { post: toPost(item), userErrors: [] };
}

const refusal = (code: string, message: string) => ({ post: null, userErrors: [{ code, message }] });

const isAlive = ({ deletedAt, removedAt, expiresAt }: PostItem): boolean =>
  deletedAt === undefined && removedAt === undefined && !(expiresAt !== undefined && expiresAt <= Date.now() / 1_000);

/** Strongly consistent. */
async function read<Of>(documents: DynamoDBDocumentClient, table: TableKey, Key: Item): Promise<Of | undefined> {
  const { Item } = await documents.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
  return Item as Of | undefined;
}

interface Range {
  readonly Limit: number;
  /** The sort key and what it begins with. */
  readonly sort?: readonly [name: string, prefix: string];
  /** The sort key and what it is below; null: whatever it is. */
  readonly below?: readonly [name: string, bound: string | null];
  readonly newestFirst?: boolean;
}

async function query<Of>(
  documents: DynamoDBDocumentClient,
  table: TableKey,
  partition: Readonly<Record<string, string>>,
  { Limit, sort, below, newestFirst = false }: Range,
): Promise<Of[]> {
  const [[name, value]] = Object.entries(partition) as [[string, string]];
  const bounded = below !== undefined && below[1] !== null;
  const sorted = sort ? ' AND begins_with(#sort, :sort)' : bounded ? ' AND #sort < :sort' : '';
  const [sortName, sortValue] = sort ?? (bounded ? below : []);
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: `#partition = :partition${sorted}`,
      ExpressionAttributeNames: { '#partition': name, ...(sortName === undefined ? {} : { '#sort': sortName }) },
      ExpressionAttributeValues: { ':partition': value, ...(sortName === undefined ? {} : { ':sort': sortValue }) },
      ScanIndexForward: !newestFirst,
      Limit,
    }),
  );
  return Items as Of[];
}

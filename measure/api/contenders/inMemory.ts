/** graphql-js on maps in memory behind `node:http`, without checks of any kind: what no server in JavaScript is faster than. */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { buildSchema, type DocumentNode, execute, type ExecutionResult, parse, validate } from 'graphql';
import { obey } from '../../child.ts';
import type { DigestItem, EdgeItem, Item, PostItem, Setting, StatsItem, TimelineItem, UserItem } from '../data.ts';
import { listen } from './listen.ts';
import { contract } from './schema.ts';
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

interface Context {
  readonly viewer: string;
}

const schema = buildSchema(contract());
const server = createServer();

/** By their keys, joined. */
function mapOf<Of>(items: readonly Item[], ...keys: readonly string[]): Map<string, Of> {
  return new Map(items.map((item) => [keys.map((key) => String(item[key])).join(' '), item as Of]));
}

function start({ data }: Setting): Promise<string> {
  const users = mapOf<UserItem>(data.users, 'userId');
  const posts = mapOf<PostItem | StatsItem>(data.posts, 'postId', 'item');
  const edges = mapOf<EdgeItem>(data.edges, 'userId', 'edge');
  const digests = mapOf<DigestItem>(data.timelines, 'userId', 'entry');
  const timelines = Map.groupBy(data.timelines as unknown as readonly TimelineItem[], ({ userId }) => userId);
  const postOf = (id: string): PostItem | undefined => posts.get(`${id} POST`) as PostItem | undefined;

  function feed({ viewer }: Context, args: PageArguments) {
    const page = pageOf(args);
    const pushed = (timelines.get(viewer) ?? []).map(({ entry }) => entry);
    const own = digests.get(`DIGEST#${viewer} DIGEST`)?.postIds ?? [];
    const ids = [...pushed, ...own].filter((id) => page.after === null || id < page.after);
    return connection(
      ids
        .sort()
        .reverse()
        .slice(0, page.size + 1),
      page,
      postOf,
    );
  }

  const resolvers: Readonly<Record<string, Readonly<Record<string, object>>>> = {
    Query: {
      post: (_: unknown, { id }: { id: string }) => {
        const post = postOf(keyOf('Post', id));
        return post ? toPost(post) : null;
      },
      viewer: () => ({}),
    },
    Viewer: { feed: (_: unknown, args: PageArguments, context: Context) => feed(context, args) },
    Mutation: {
      createPost: (_: unknown, { input }: { input: CreatePostInput }, { viewer }: Context) => {
        const post = newPost(input, viewer);
        posts.set(`${post.postId} POST`, post);
        return { post: toPost(post), userErrors: [] };
      },
    },
    Post: {
      author: ({ authorId }: PostSource) => {
        const user = users.get(authorId);
        return user ? toUser(user) : null;
      },
      stats: ({ postId }: PostSource) => toStats(posts.get(`${postId} STATS`) as StatsItem | undefined),
      viewerHasLiked: ({ postId }: PostSource, _: unknown, { viewer }: Context) =>
        edges.has(`${viewer} LIKE#${postId}`),
    },
  };
  for (const [type, fields] of Object.entries(resolvers)) {
    const defined = schema.getType(type);
    if (!defined || !('getFields' in defined)) throw new Error(`the contract has no type ${type}`);
    for (const [name, resolve] of Object.entries(fields)) Object.assign(defined.getFields()[name] ?? {}, { resolve });
  }
  return listen(server);
}

const documents = new Map<string, DocumentNode>();
const viewers = new Map<string, string>();

function documentOf(query: string): DocumentNode {
  const known = documents.get(query);
  if (known) return known;
  const document = parse(query);
  const [error] = validate(schema, document);
  if (error) throw error;
  documents.set(query, document);
  return document;
}

/** Believes the token. */
function viewerOf(token: string): string {
  const known = viewers.get(token);
  if (known !== undefined) return known;
  const { sub } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string };
  viewers.set(token, sub);
  return sub;
}

server.on('request', (request, response) => {
  void text(request).then((body) => {
    const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
    const contextValue: Context = { viewer: viewerOf(request.headers.authorization ?? '') };
    // No resolver waits for anything, so neither does the execution.
    const result = execute({
      schema,
      document: documentOf(query),
      variableValues: variables,
      contextValue,
    }) as ExecutionResult;
    const answer = JSON.stringify(result);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) });
    response.end(answer);
  });
});

obey({ start }, async () => void server.close());

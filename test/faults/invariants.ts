import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { FaultySystem } from './faultySystem.ts';
import { followedBy, followersOf, livePosts, type Member, type Model, newestFirst } from './model.ts';
import { globalId } from './people.ts';

/** What is to be looked at when everything has come to rest. Each gives one line for each thing that is wrong. */
export interface Seen {
  readonly system: FaultySystem;
  readonly model: Model;
  /** Who is still there, with tokens of now. */
  readonly members: readonly Member[];
  readonly left: readonly Member[];
}

/** One line when what is differs from what must be. */
export function differs(what: string, is: unknown, mustBe: unknown): string[] {
  const [found, wanted] = [JSON.stringify(is), JSON.stringify(mustBe)];
  return found === wanted ? [] : [`${what} is ${found} and must be ${wanted}`];
}

export async function eachMember(
  { members }: Seen,
  look: (member: Member) => Promise<readonly string[]>,
): Promise<string[]> {
  const found: string[] = [];
  for (const member of members) found.push(...(await look(member)));
  return found;
}

const POSTS = `query ($handle: String!) { user(handle: $handle) {
  stats { posts followers following }
  posts(first: 50) { edges { node { id stats { likes comments } } } }
} }`;

interface OwnPage {
  readonly user: {
    readonly stats: { readonly posts: number; readonly followers: number; readonly following: number };
    readonly posts: {
      readonly edges: readonly {
        readonly node: { readonly id: string; readonly stats: { readonly likes: number; readonly comments: number } };
      }[];
    };
  };
}

/** The counters of a member equal the edges and posts, and the list of posts has each that was acknowledged. */
export function ownPages(seen: Seen): Promise<string[]> {
  const { system, model } = seen;
  return eachMember(seen, async ({ name, token }) => {
    const { user } = await system.ask<OwnPage>(token, POSTS, { handle: name });
    const posts = livePosts(model, name);
    const counts = {
      posts: posts.length,
      followers: followersOf(model, name).length,
      following: followedBy(model, name).length,
    };
    const listed = newestFirst(posts).map((key) => globalId('Post', key));
    return [
      ...differs(`the counters of ${name}`, user.stats, counts),
      ...differs(
        `the posts of ${name}`,
        user.posts.edges.map(({ node }) => node.id),
        listed,
      ),
      ...user.posts.edges.flatMap(({ node }) => {
        const post = posts.find(({ key }) => globalId('Post', key) === node.id);
        const wanted = post && { likes: post.likers.size, comments: post.comments.size };
        return differs(`the counters of the post ${node.id} of ${name}`, node.stats, wanted);
      }),
    ];
  });
}

/** The list of an author has each post that was acknowledged, wherever it is by then. */
export function postLists(seen: Seen): Promise<string[]> {
  const { system, model } = seen;
  return eachMember(seen, async ({ name, token }) => {
    const query = 'query ($handle: String!) { user(handle: $handle) { posts(first: 50) { edges { node { id } } } } }';
    const { user } = await system.ask<Pick<OwnPage, 'user'>>(token, query, { handle: name });
    const listed = user.posts.edges.map(({ node }) => node.id);
    const wanted = newestFirst(livePosts(model, name)).map((key) => globalId('Post', key));
    return differs(`the posts of ${name}`, listed, wanted);
  });
}

/** What is in the archive is no longer in the table. */
export async function goneFromTheTable({ system, model }: Seen): Promise<string[]> {
  const left: string[] = [];
  for (const { key } of model.posts) {
    const asked = { TableName: 'hiroba-dev-posts', Key: { postId: key, item: 'POST' }, ConsistentRead: true };
    const { Item } = await system.dynamodb.send(new GetCommand(asked));
    if (Item) left.push(key);
  }
  return differs('what is left of old posts in the table', left, []);
}

/** The digest of an author has the live posts and no others. */
export function digests(seen: Seen): Promise<string[]> {
  const { system, model } = seen;
  return eachMember(seen, async ({ name, sub }) => {
    const { Item } = await system.dynamodb.send(
      new GetCommand({
        TableName: 'hiroba-dev-timelines',
        Key: { userId: `DIGEST#${sub}`, entry: 'DIGEST' },
        ConsistentRead: true,
      }),
    );
    const ids = (Item?.['postIds'] ?? []) as readonly string[];
    return differs(`the digest of ${name}`, ids, newestFirst(livePosts(model, name)));
  });
}

const FEED = '{ viewer { feed(first: 50) { edges { node { id } } } } }';

interface FeedPage {
  readonly viewer: { readonly feed: { readonly edges: readonly { readonly node: { readonly id: string } }[] } };
}

/** The feed of a member has each live post of the followed and of the member, and no other. */
export function feeds(seen: Seen): Promise<string[]> {
  const { system, model } = seen;
  return eachMember(seen, async ({ name, token }) => {
    const { viewer } = await system.ask<FeedPage>(token, FEED);
    const authors = [name, ...followedBy(model, name)];
    const wanted = newestFirst(authors.flatMap((author) => livePosts(model, author)));
    return differs(
      `the feed of ${name}`,
      viewer.feed.edges.map(({ node }) => node.id),
      wanted.map((key) => globalId('Post', key)),
    );
  });
}

const JOBS = '{ viewer { jobs(first: 10) { edges { node { status ... on DataExport { archives { name } } } } } } }';

interface JobPage {
  readonly viewer: {
    readonly jobs: {
      readonly edges: readonly { readonly node: { readonly status: string; readonly archives?: readonly object[] } }[];
    };
  };
}

/** Each export that was asked for is done, and has one archive of texts, and one of pictures where there may have been some. */
export function exports(seen: Seen): Promise<string[]> {
  const { system, model } = seen;
  return eachMember(seen, async ({ name, token }) => {
    const { viewer } = await system.ask<JobPage>(token, JOBS);
    const jobs = viewer.jobs.edges.map(({ node }) => node);
    const statuses = jobs.map(({ status }) => status);
    const counts = jobs.map(({ archives = [] }) => archives.length);
    const most = model.photos.some(({ owner, becomes }) => owner === name && becomes === 'READY') ? 2 : 1;
    return [
      ...differs(`the exports of ${name}`, statuses, model.exports.has(name) ? ['DONE'] : []),
      ...counts
        .filter((count) => count < 1 || count > most)
        .map((count) => `an export of ${name} has ${count} archives and must have 1 to ${most}`),
    ];
  });
}

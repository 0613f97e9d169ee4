import type { Identity } from '@aws-appsync/utils';
import type { PageInfo } from '../generated/schema.ts';
import type { Stash } from './context.ts';
import { encodeCursor, pageInfo, type Entry, type Page, type Slice } from './page.ts';
import { toPost, type PostSource } from './post.ts';
import { toUser, type UserSource } from './user.ts';
import { isListed, mayReadPost } from './visibility.ts';

type Reading = { identity: Identity; stash: Stash };
type Edge<Node> = { cursor: string; node: Node; followedAt: string; likedAt: string };
type Connection<Node> = { edges: Edge<Node>[]; pageInfo: PageInfo };

/** The page in `stash.slice`, with those of its posts in `stash.posts` that the viewer may read. */
export function postConnection(ctx: Reading): Connection<PostSource> {
  const posts = ctx.stash.posts ?? [];
  const edges: Edge<PostSource>[] = [];
  for (const entry of entriesOf(ctx.stash)) {
    const post = posts.find((item) => item.postId === entry.id);
    if (post && mayReadPost(ctx, post)) {
      edges.push(edgeOf(entry, toPost(post)));
    }
  }
  return { edges, pageInfo: pageInfoOf(ctx.stash) };
}

/** The page in `stash.slice`, with those of its people in `stash.users` who are listed. */
export function userConnection(ctx: Reading): Connection<UserSource> {
  const users = ctx.stash.users ?? [];
  const edges: Edge<UserSource>[] = [];
  for (const entry of entriesOf(ctx.stash)) {
    const user = users.find((item) => item.userId === entry.id);
    if (user && isListed(ctx, user)) {
      edges.push(edgeOf(entry, toUser(user)));
    }
  }
  return { edges, pageInfo: pageInfoOf(ctx.stash) };
}

export function pageInfoOf(stash: Stash): PageInfo {
  return pageInfo(stash.page as Page, stash.slice as Slice);
}

export function entriesOf(stash: Stash): Entry[] {
  return (stash.slice as Slice).entries;
}

/** Serves every kind of edge: the time is that of a follow or of a like, where the list has one. */
function edgeOf<Node>(entry: Entry, node: Node): Edge<Node> {
  return { cursor: encodeCursor(entry.sortKey), node, followedAt: entry.at, likedAt: entry.at };
}

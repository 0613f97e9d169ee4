import type { Identity } from '@aws-appsync/utils';
import type { FoundNode, Stash } from './context.ts';
import { toComment } from './comment.ts';
import type { NodeReference } from './globalId.ts';
import { isModerator, viewerIdOrNull } from './identity.ts';
import type { CaseItem, CommentItem, JobItem, NotificationItem, PhotoItem, PostItem, UserItem } from './items.ts';
import { toJob } from './job.ts';
import { toCase, toReport } from './moderation.ts';
import { toNotification } from './notification.ts';
import { toPhoto } from './photo.ts';
import { isLeftToArchive, mayBeArchived } from './archive.ts';
import { isAlive, toHashtag, toPost } from './post.ts';
import { toUser } from './user.ts';
import { distinct, mayReadComment, mayReadPost, maySeeUser } from './visibility.ts';

type Key = Record<string, string>;
export type KeysByTable = Record<string, Key[]>;

/** The keys that references lead to, each once; a comment's post comes with it. */
export function nodeKeys(references: (NodeReference | null)[]): KeysByTable {
  const keys: KeysByTable = {
    [TABLE.users]: [],
    [TABLE.posts]: [],
    [TABLE.comments]: [],
    [TABLE.media]: [],
    [TABLE.notifications]: [],
    [TABLE.ops]: [],
  };
  for (const reference of references) {
    if (reference !== null) {
      for (const target of targetsOf(reference)) {
        const known = keys[target.table] as Key[];
        if (!known.some((key) => JSON.stringify(key) === JSON.stringify(target.key))) {
          known.push(target.key);
        }
      }
    }
  }
  return keys;
}

type Target = { table: string; key: Key };

/** The item itself comes first. */
function targetsOf(reference: NodeReference): Target[] {
  const [first, second] = reference.key as [string, string];
  switch (reference.type) {
    case 'User':
      return [{ table: TABLE.users, key: { userId: first } }];
    case 'Post':
      return [{ table: TABLE.posts, key: { postId: first, item: 'POST' } }];
    case 'Comment':
      return [
        { table: TABLE.comments, key: { bucket: `${first}#0`, commentId: second } },
        { table: TABLE.posts, key: { postId: first, item: 'POST' } },
      ];
    case 'Photo':
      return [{ table: TABLE.media, key: { photoId: first } }];
    case 'Notification':
      return [{ table: TABLE.notifications, key: { userId: first, notificationId: second } }];
    case 'Report':
    case 'ModerationCase':
      return [{ table: TABLE.ops, key: { operationId: `CASE#${first}` } }];
    case 'Job':
      return [{ table: TABLE.ops, key: { operationId: `JOB#${first}` } }];
    default:
      return [];
  }
}

type Data = Record<string, (Record<string, unknown> | null)[]>;

/** What a BatchGetItem with `nodeKeys` found, in the order of the references. */
export function findNodes(references: (NodeReference | null)[], data: Data): FoundNode[] {
  return references.map((reference) => {
    if (reference === null) {
      return null;
    }
    const items = targetsOf(reference).map((target) => {
      const names = Object.keys(target.key);
      const item = (data[target.table] ?? []).find(
        (candidate) => candidate !== null && names.every((name) => candidate[name] === target.key[name]),
      );
      return item ?? null;
    });
    return { reference, item: items[0] ?? null, post: (items[1] ?? null) as PostItem | null };
  });
}

/** Ids of posts that may be in the archive: those asked for, and those that comments stand under. */
export function postsLeftToArchive(found: FoundNode[]): string[] {
  const ids: string[] = [];
  for (const node of found) {
    const postId = (node?.reference.key[0] ?? '') as string;
    const isPost = node?.reference.type === 'Post' && isLeftToArchive(node.item as PostItem | null);
    const isUnderPost = node?.reference.type === 'Comment' && isLeftToArchive(node.post);
    if ((isPost || isUnderPost) && mayBeArchived(postId)) {
      ids.push(postId);
    }
  }
  return distinct(ids);
}

/** With posts of the archive in the places that the table left to it. */
export function withArchived(found: FoundNode[], posts: PostItem[]): FoundNode[] {
  return found.map((node) => {
    const post = node === null ? undefined : posts.find((one) => one.postId === node.reference.key[0]);
    if (node === null || post === undefined) {
      return node;
    }
    switch (node.reference.type) {
      case 'Post':
        return { ...node, item: post };
      case 'Comment':
        return { ...node, post };
      default:
        return node;
    }
  });
}

/** The authors whose blocks decide, and those of posts for followers, whose followers do. */
export function peopleIn(found: FoundNode[]): { people: string[]; follows: string[] } {
  const people: string[] = [];
  const follows: string[] = [];
  for (const node of found) {
    const post = node?.reference.type === 'Post' ? (node.item as PostItem | null) : (node?.post ?? null);
    const comment = node?.reference.type === 'Comment' ? (node.item as CommentItem | null) : null;
    const user = node?.reference.type === 'User' ? (node.item as UserItem | null) : null;
    people.push(...[post?.authorId, comment?.authorId, user?.userId].filter((id) => id !== undefined));
    if (post && post.visibility === 'FOLLOWERS') {
      follows.push(post.authorId);
    }
  }
  return { people: distinct(people), follows: distinct(follows) };
}

type Judging = { identity: Identity; stash: Stash };

/** The object for the viewer, or null. Needs loadBlocks and loadFollows for `peopleIn`. */
export function visibleNode(ctx: Judging, node: FoundNode) {
  if (node === null) {
    return null;
  }
  const { reference, item, post } = node;
  const viewer = viewerIdOrNull(ctx.identity);
  if (reference.type === 'Hashtag') {
    return toHashtag(reference.key[0] as string);
  }
  if (item === null) {
    return null;
  }
  switch (reference.type) {
    case 'User':
      return maySeeUser(ctx, item as UserItem) ? toUser(item as UserItem) : null;
    case 'Post':
      return mayReadPost(ctx, item as PostItem) ? toPost(item as PostItem) : null;
    case 'Comment': {
      const readable = post !== null && mayReadPost(ctx, post) && mayReadComment(ctx, item as CommentItem);
      return readable ? toComment(item as CommentItem) : null;
    }
    case 'Photo': {
      const photo = item as PhotoItem;
      return photo.ownerId === viewer && isAlive(photo) ? toPhoto(photo) : null;
    }
    case 'Notification': {
      const notification = item as NotificationItem;
      return notification.userId === viewer && isAlive(notification) ? toNotification(notification, null) : null;
    }
    case 'Report':
      return (item as CaseItem).reporterId === viewer ? toReport(item as CaseItem) : null;
    case 'ModerationCase':
      return isModerator(ctx.identity) ? toCase(item as CaseItem) : null;
    case 'Job':
      return (item as JobItem).userId === viewer ? toJob(item as JobItem) : null;
    default:
      return null;
  }
}

/** The subject of a case, whoever may see it otherwise. */
export function existingNode(node: FoundNode) {
  if (node === null || node.item === null || !isAlive(node.item)) {
    return null;
  }
  switch (node.reference.type) {
    case 'User':
      return toUser(node.item as UserItem);
    case 'Post':
      return toPost(node.item as PostItem);
    case 'Comment':
      return toComment(node.item as CommentItem);
    case 'Photo':
      return toPhoto(node.item as PhotoItem);
    default:
      return null;
  }
}

/** Who is in the history. */
export interface Member {
  readonly name: string;
  readonly sub: string;
  readonly address: string;
  readonly token: string;
}

export interface ModelPost {
  /** The idempotency key, which is the stored id. */
  readonly key: string;
  readonly author: string;
  isLive: boolean;
  /** Names of those who like it now, and of all who ever did. */
  readonly likers: Set<string>;
  readonly everLiked: Set<string>;
  /** Keys of comments to their authors. */
  readonly comments: Map<string, string>;
  readonly everCommented: Set<string>;
}

/** A file that was sent with a ticket. */
export interface ModelPhoto {
  readonly photoId: string;
  readonly owner: string;
  /** What must become of it. */
  readonly becomes: 'READY' | 'FAILED';
}

/** What the backend has acknowledged, and so must hold. Names stand for members. */
export interface Model {
  readonly posts: ModelPost[];
  readonly photos: ModelPhoto[];
  /** Who has asked for an export. */
  readonly exports: Set<string>;
  /** Who wants a digest each day. */
  readonly digests: Set<string>;
  /** Who has left. */
  readonly left: Set<string>;
  /** `follower>followed`, of now and of ever. */
  readonly follows: Set<string>;
  readonly everFollowed: Set<string>;
  /** Both directions of every block. */
  readonly blocked: Set<string>;
}

export const newModel = (): Model => ({
  posts: [],
  photos: [],
  exports: new Set(),
  digests: new Set(),
  left: new Set(),
  follows: new Set(),
  everFollowed: new Set(),
  blocked: new Set(),
});

export const pair = (from: string, to: string): string => `${from}>${to}`;

export const livePosts = ({ posts }: Model, author: string): ModelPost[] =>
  posts.filter((post) => post.author === author && post.isLive);

export const followersOf = ({ follows }: Model, name: string): string[] =>
  [...follows].filter((one) => one.endsWith(`>${name}`)).map((one) => one.split('>')[0] ?? '');

export const followedBy = ({ follows }: Model, name: string): string[] =>
  [...follows].filter((one) => one.startsWith(`${name}>`)).map((one) => one.split('>')[1] ?? '');

/** Ids of posts, newest first. */
export const newestFirst = (posts: readonly ModelPost[]): string[] =>
  posts
    .map(({ key }) => key)
    .sort()
    .reverse();

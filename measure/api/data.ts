import type { tables } from '../../infra/tables.ts';

export type TableKey = keyof typeof tables;
export type Item = Readonly<Record<string, unknown>>;

/** What Hiroba's tables hold after they were seeded; the others are given the same. */
export type Data = Readonly<Record<TableKey, readonly Item[]>>;

/** What is in the items, as far as the measured operations read it. */
export interface PostItem {
  readonly postId: string;
  readonly item: 'POST';
  readonly authorId: string;
  readonly body: string;
  readonly hashtags: readonly string[];
  readonly visibility: 'PUBLIC' | 'FOLLOWERS';
  readonly photoIds: readonly string[];
  readonly createdAt: string;
  readonly deletedAt?: string;
  readonly removedAt?: string;
  readonly expiresAt?: number;
}
export interface StatsItem {
  readonly postId: string;
  readonly item: 'STATS';
  readonly likeCount?: number;
  readonly commentCount?: number;
}
export interface UserItem {
  readonly userId: string;
  readonly handle: string;
  readonly displayName: string;
  readonly status: 'ACTIVE' | 'SUSPENDED' | 'DELETED';
}
export interface EdgeItem {
  readonly userId: string;
  readonly edge: string;
  readonly targetId: string;
}
export interface TimelineItem {
  readonly userId: string;
  readonly entry: string;
  readonly expiresAt: number;
}
export interface DigestItem {
  readonly userId: string;
  readonly entry: 'DIGEST';
  readonly postIds: readonly string[];
}

/** What a contender is measured with. */
export interface Setting {
  readonly data: Data;
  /** The user pool, for whoever checks tokens. */
  readonly pool: { readonly userPoolId: string; readonly clientId: string; readonly jwks: unknown };
  readonly tokens: { readonly viewer: string; readonly writer: string };
}

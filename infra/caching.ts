import type { NestedField, RootField } from './resolvers.ts';

/** What a cached answer depends on; AppSync takes at most 25. */
export type CachingKey = '$context.identity.sub' | `$context.source.${string}` | `$context.arguments.${string}`;

export interface CachedField {
  /** Seconds, 1-3600: how old an answer may be. */
  readonly ttlSeconds: number;
  readonly keys: readonly CachingKey[];
}

/**
 * The fields that AppSync's cache answers, at rungs that have one. A key without the viewer is right only where every
 * viewer is answered the same; where the code looks at the viewer, `$context.identity.sub` is in the key (a test says so).
 * What a viewer changes and reads again at once is not cached. Fields that handlers reach by IAM have no `sub`, as the
 * public has none, so nothing that answers handlers differently may be cached either.
 * https://docs.aws.amazon.com/appsync/latest/devguide/enabling-caching.html
 */
export const cachedFields: Readonly<Partial<Record<RootField | NestedField, CachedField>>> = {
  'Post.author': { ttlSeconds: 30, keys: ['$context.source.authorId'] },
  'Post.photos': { ttlSeconds: 30, keys: ['$context.source.postId'] },
  'Post.stats': { ttlSeconds: 5, keys: ['$context.source.postId'] },
  'Comment.author': { ttlSeconds: 30, keys: ['$context.source.authorId'] },
  'Photo.owner': { ttlSeconds: 30, keys: ['$context.source.ownerId'] },
  'User.avatar': { ttlSeconds: 30, keys: ['$context.source.avatarPhotoId'] },
  'Query.page': { ttlSeconds: 300, keys: ['$context.arguments.slug', '$context.arguments.language'] },
  'Query.trending': {
    ttlSeconds: 30,
    keys: [
      '$context.arguments.first',
      '$context.arguments.after',
      '$context.arguments.last',
      '$context.arguments.before',
      '$context.identity.sub',
    ],
  },
};

/** The type's `Type.field` is looked up from names that come from a table, hence the wider parameter. */
export function cachedField(field: string): CachedField | undefined {
  return Object.hasOwn(cachedFields, field) ? cachedFields[field as RootField] : undefined;
}

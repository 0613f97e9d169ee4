/**
 * The buckets, one per life of what is in them. Plain data: the data stack builds them. A bucket's name ends in the
 * account, since names of buckets are unique in the world.
 */
export interface BucketDefinition {
  /** Days that a replaced or deleted object can be brought back. */
  readonly keepReplacedDays: number;
  /** Days after which objects are deleted; absent: they stay. */
  readonly expireDays?: number;
  /** Read by CloudFront. */
  readonly throughCdn?: true;
  /** Browsers post files here, with a form that a function signed. */
  readonly takesForms?: true;
  /** Nobody but these functions may read an object, whatever their own policies say. */
  readonly readOnlyBy?: readonly string[];
}

export const buckets = {
  /** The site, as it was built. */
  site: { keepReplacedDays: 30, throughCdn: true },
  /** Pictures as they are shown: `media/members/PHOTO/`, which asks for signed cookies, and `media/public/PHOTO/`. */
  photos: { keepReplacedDays: 30, throughCdn: true },
  /** The files of `pages/`, which the API reads by their names. */
  pages: { keepReplacedDays: 30 },
  /** Members' data exports: `{userId}/{jobId}/...`. Functions alone read it, and sign links for its owners. */
  exports: { keepReplacedDays: 1, expireDays: 7 },
  /** Files as members send them, until a worker has made pictures of them: `photos/PHOTO`. */
  uploads: { keepReplacedDays: 1, expireDays: 1, takesForms: true },
  /**
   * Files that reporters attach: `reports/REPORT/NUMBER`. They may be unlawful to have, so nothing here opens them: only a
   * function of that name could, which moderators' tools would bring.
   */
  evidence: { keepReplacedDays: 30, expireDays: 365, takesForms: true, readOnlyBy: ['moderation'] },
  /** `{authorId}/{yyyymm}.json`: what an author wrote in a month that is over. What is deleted there must be gone soon. */
  archive: { keepReplacedDays: 7 },
  /** `posts/day=2026-08-30/*.parquet`: the same posts by day, for questions to all of them. */
  warehouse: { keepReplacedDays: 7 },
} as const satisfies Record<string, BucketDefinition>;

export type BucketKey = keyof typeof buckets;

/** The actions on objects that functions and data sources are given. */
export type BucketAction = 'GetObject' | 'PutObject' | 'DeleteObject' | 'ListBucket';

/** One grant on a bucket. */
export interface BucketGrant {
  readonly bucket: BucketKey;
  readonly actions: readonly BucketAction[];
  /** Keys begin with it; absent: all keys. */
  readonly prefix?: string;
}

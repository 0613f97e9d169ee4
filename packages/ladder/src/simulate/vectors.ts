import { readMeasured, type UnitRow } from '../../../../infra/bill/measured.ts';
import { flowsOf, type Reading } from '../../../../infra/bill/traffic.ts';
import { load, MONTH_SECONDS } from '../../../../infra/bill/arithmetic.ts';

/** Whose partition a row of units is in: of a popular post or author, of whoever asks, or of nobody in particular. */
export type KeyKind = 'post' | 'author' | 'spread' | 'counter';

/** What a run of an operation asks of one store, for one field. */
export interface Ask {
  readonly field: string;
  /** `posts`, `posts.byAuthor` */
  readonly store: string;
  readonly key: KeyKind;
  /** How often the field's resolver runs in an operation, and what each run takes. */
  readonly runs: number;
  readonly reads: number;
  readonly writes: number;
}

/** What an operation consumed when it was run on the local system. */
export interface Vector {
  readonly name: string;
  readonly perSecond: number;
  /** Popular posts that an operation draws. */
  readonly posts: number;
  readonly asks: readonly Ask[];
  readonly invocations: number;
  readonly publishes: boolean;
}

/** By field and store, where it is not the store's own. */
const KEYS: Readonly<Record<string, KeyKind>> = {
  'Post.author users': 'author',
  'Query.user users': 'author',
  'User.posts posts.byAuthor': 'author',
  'functions edges.bySubject': 'author',
  'Mutation.likePost edges.bySubject': 'post',
  'Mutation.createComment comments': 'post',
  'Mutation.createPost posts': 'spread',
  'Mutation.createPost posts.byAuthor': 'spread',
  'functions posts': 'counter',
  'functions users': 'counter',
};

/** Partitions of a store are by post, or by whoever asks. */
const STORES: Readonly<Record<string, KeyKind>> = { posts: 'post', comments: 'post' };

export const keyOf = (field: string, store: string): KeyKind => KEYS[`${field} ${store}`] ?? STORES[store] ?? 'spread';

/** What that many users do in an average second. */
export function vectorsOf(users: number, reading: Reading): readonly Vector[] {
  return flowsOf(users, reading, readMeasured()).map(({ name, perMonth, sample }) => {
    const asks = sample.units.map((row) => askOf(row, sample.resolvers));
    const runs = asks.filter(({ key }) => key === 'post' || key === 'author').map((ask) => ask.runs);
    return {
      name,
      perSecond: perMonth / MONTH_SECONDS,
      posts: Math.max(1, ...runs),
      asks,
      invocations: Object.values(sample.invocations).reduce((sum, count) => sum + count, 0),
      publishes: name === 'CreatePost',
    };
  });
}

/** A root field reads its page in one run; each item of it is a key of its own. */
const PAGE = 20;

function askOf({ by, table, index, reads, writes }: UnitRow, resolvers: Readonly<Record<string, number>>): Ask {
  const store = index === undefined ? table : `${table}.${index}`;
  const key = keyOf(by, store);
  const isPage = key === 'post' && index === undefined && reads >= PAGE / 2 && (resolvers[by] ?? 1) === 1;
  const runs = isPage ? PAGE : (resolvers[by] ?? 1);
  return { field: by, store, key, runs, reads: reads / runs, writes: writes / runs };
}

/** Reads of items and writes in an average second. */
export const itemReadsPerSecond = (users: number): number => (users * load.readsPerUser) / MONTH_SECONDS;
export const writesPerSecond = (users: number): number => (users * load.writesPerUser) / MONTH_SECONDS;

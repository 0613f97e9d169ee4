import { itemKind, readPost, readStats } from '../shared/items.ts';
import { MalformedRecord, type Image } from '../shared/records.ts';

export interface Ranked {
  readonly postId: string;
  readonly score: number;
}

export const TRENDING_POSTS = 100;

const HALF_LIFE_MILLISECONDS = 12 * 60 * 60 * 1_000;
/** A comment is more work than a like. */
const POINTS_OF_A_COMMENT = 2;
const SCORE_DECIMALS = 1e6;

/**
 * The logarithm of points that halve every 12 hours after the post's creation, counted from 1970 instead of from now: time
 * moves all scores alike, so that a score once computed stays comparable and nothing is recomputed as time passes. It
 * depends on the current totals only, so that an event delivered twice changes nothing.
 * @returns undefined without points.
 */
export function scoreOf(likes: number, comments: number, createdAt: string): number | undefined {
  const points = likes + POINTS_OF_A_COMMENT * comments;
  if (points <= 0) return undefined;
  const score = Math.log2(points) + Date.parse(createdAt) / HALF_LIFE_MILLISECONDS;
  return Math.round(score * SCORE_DECIMALS) / SCORE_DECIMALS;
}

/** The score of each live PUBLIC post among the items; a post whose items cannot be read has none. */
export function scoresOf(items: readonly Image[]): ReadonlyMap<string, number> {
  const stats = new Map(items.filter((item) => itemKind(item) === 'stats').map((item) => [item.postId, item]));
  const scores = new Map<string, number>();
  for (const item of items.filter((one) => itemKind(one) === 'post')) {
    const score = readScore(item, stats.get(item.postId));
    if (score !== undefined) scores.set(item.postId as string, score);
  }
  return scores;
}

function readScore(postImage: Image, statsImage: Image | undefined): number | undefined {
  if (!statsImage) return undefined;
  try {
    const post = readPost(postImage);
    const { likeCount, commentCount } = readStats(statsImage);
    return post.live && post.visibility === 'PUBLIC' ? scoreOf(likeCount, commentCount, post.createdAt) : undefined;
  } catch (error) {
    if (error instanceof MalformedRecord) return undefined;
    throw error;
  }
}

/** `ranked` with new scores for the posts that were looked at: those without one leave. */
export function rerank(
  ranked: readonly Ranked[],
  looked: ReadonlySet<string>,
  scores: ReadonlyMap<string, number>,
): readonly Ranked[] {
  const others = ranked.filter(({ postId }) => !looked.has(postId));
  const current = [...scores].map(([postId, score]) => ({ postId, score }));
  return [...others, ...current].sort(bestFirst).slice(0, TRENDING_POSTS);
}

/** Of two that are level the newer one is first. */
function bestFirst(a: Ranked, b: Ranked): number {
  return b.score - a.score || (a.postId < b.postId ? 1 : -1);
}

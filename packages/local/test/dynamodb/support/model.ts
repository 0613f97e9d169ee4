import type { JsonObject } from '../../../src/json.ts';

/** What the engine should hold, kept as plainly as possible: items by key, and sorting by JavaScript's numbers. */
export interface ModelItem {
  readonly pk: string;
  readonly sk: number;
  readonly author?: string;
  readonly score?: number;
  readonly count?: number;
}

export interface Model {
  get(pk: string, sk: number): ModelItem | undefined;
  put(item: ModelItem): void;
  remove(pk: string, sk: number): void;
  /** The items of a partition with `low <= sk <= high`, by sort key. */
  query(pk: string, low: number, high: number): ModelItem[];
  /** The items of an author, by score; ties in any order. */
  byAuthor(author: string): ModelItem[];
  all(): ModelItem[];
}

export function createModel(): Model {
  const items = new Map<string, ModelItem>();
  const all = (): ModelItem[] => [...items.values()];
  return {
    get: (pk, sk) => items.get(`${pk}/${sk}`),
    put: (item) => void items.set(`${item.pk}/${item.sk}`, item),
    remove: (pk, sk) => void items.delete(`${pk}/${sk}`),
    query: (pk, low, high) =>
      all()
        .filter((item) => item.pk === pk && item.sk >= low && item.sk <= high)
        .sort((a, b) => a.sk - b.sk),
    byAuthor: (author) =>
      all()
        .filter((item) => item.author === author && item.score !== undefined)
        .sort((a, b) => (a.score as number) - (b.score as number)),
    all,
  };
}

export function toItem({ pk, sk, author, score, count }: ModelItem): JsonObject {
  const item: JsonObject = { pk: { S: pk }, sk: { N: String(sk) } };
  if (author !== undefined) item.author = { S: author };
  if (score !== undefined) item.score = { N: String(score) };
  if (count !== undefined) item.count = { N: String(count) };
  return item;
}

import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { byAuthor, key, openThings, put, refusal, sortKeys, type TestEngine } from './support/engine.ts';

const invalid = 'ValidationException: ';

function scanAll(engine: TestEngine, input: JsonObject): { keys: number[]; pages: number } {
  const keys: number[] = [];
  let pages = 0;
  let ExclusiveStartKey: JsonObject | undefined;
  do {
    const page = engine.run('Scan', {
      TableName: 'Things',
      ...input,
      ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}),
    });
    keys.push(...sortKeys(page));
    pages += 1;
    ExclusiveStartKey = page.LastEvaluatedKey as JsonObject | undefined;
  } while (ExclusiveStartKey);
  return { keys, pages };
}

const ascending = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);
const numbersTo = (count: number) => Array.from({ length: count }, (_, n) => n);

describe('Scan validations', () => {
  const engine = openThings();
  const ask = (input: JsonObject) => refusal(() => engine.run('Scan', { TableName: 'Things', ...input }));

  it('refuses an incomplete or impossible segment', () => {
    expect(ask({ Segment: 0 })).toBe(
      `${invalid}The TotalSegments parameter is required but was not present in the request when Segment parameter is present`,
    );
    expect(ask({ TotalSegments: 2 })).toBe(
      `${invalid}The Segment parameter is required but was not present in the request when parameter TotalSegments is present`,
    );
    expect(ask({ Segment: 2, TotalSegments: 2 })).toBe(
      `${invalid}The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 2 is not less than TotalSegments: 2`,
    );
  });

  it('refuses a start key of another segment', () => {
    put(engine, 'a', 1);
    const segments = [0, 1].map((Segment) => {
      try {
        engine.run('Scan', { TableName: 'Things', Segment, TotalSegments: 2, ExclusiveStartKey: key('a', 1) });
        return 'accepted';
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(segments).toContain('accepted');
    expect(segments.join()).toContain('Please use ExclusiveStartKey with correct Segment');
  });

  it('refuses the parameters of the time before expressions', () => {
    expect(ask({ ScanFilter: {} })).toMatch(/^NotEmulated/);
  });
});

describe('Scan functionality', () => {
  const engine = openThings({ indexes: [byAuthor({ type: 'KEYS_ONLY' })] });
  for (const n of numbersTo(60)) {
    put(engine, `p${n % 20}`, n, n % 3 === 0 ? { author: { S: `o${n % 2}` }, score: { N: '1' } } : {});
  }

  it('meets every item once, partitions in no order of their keys, sort keys in order', () => {
    const { keys, pages } = scanAll(engine, { Limit: 7 });
    expect(ascending(keys)).toEqual(numbersTo(60));
    expect(pages).toBe(9);
    expect(keys).not.toEqual(numbersTo(60));
    expect(keys.filter((n) => n % 20 === 3)).toEqual([3, 23, 43]);
  });

  it('divides the items among its segments', () => {
    for (const TotalSegments of [1, 2, 3, 7]) {
      const segments = numbersTo(TotalSegments).map(
        (Segment) => scanAll(engine, { Segment, TotalSegments, Limit: 4 }).keys,
      );
      expect(ascending(segments.flat())).toEqual(numbersTo(60));
    }
    const spread = numbersTo(2).map((Segment) => scanAll(engine, { Segment, TotalSegments: 2 }).keys.length);
    expect(Math.min(...spread)).toBeGreaterThan(0);
  });

  it('allows more segments than there are places', () => {
    const input = { TableName: 'Things', TotalSegments: 1_000_000 };
    expect(engine.run('Scan', { ...input, Segment: 999_999 }).Count).toBe(0);
    expect(engine.run('Scan', { ...input, Segment: 1 }).Count).toBe(0);
  });

  it('scans an index, exactly over ties', () => {
    const { keys } = scanAll(engine, { IndexName: 'byAuthor', Limit: 3 });
    expect(ascending(keys)).toEqual(numbersTo(60).filter((n) => n % 3 === 0));
  });

  it('filters, also by key', () => {
    const answer = engine.run('Scan', {
      TableName: 'Things',
      FilterExpression: 'sk >= :n AND attribute_exists(#o)',
      ExpressionAttributeNames: { '#o': 'author' },
      ExpressionAttributeValues: { ':n': { N: '50' } },
    });
    expect(ascending(sortKeys(answer))).toEqual([51, 54, 57]);
    expect(answer.ScannedCount).toBe(60);
  });
});

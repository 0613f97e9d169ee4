import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessChanges } from '../changes/accessChanges.ts';
import type { Change } from '../changes/change.ts';
import { harmlessChanges } from '../changes/harmlessChanges.ts';
import { schemaChanges } from '../changes/schemaChanges.ts';
import { type Clone, cloneOf } from './clone.ts';
import { treeChanges } from './treeChanges.ts';

/** Each is made in a clone, as a person would, and reviewed by the command. */
const changes: readonly Change[] = [...treeChanges, ...accessChanges, ...schemaChanges, ...harmlessChanges];

let clone: Clone;
beforeAll(() => {
  clone = cloneOf();
});
afterAll(() => clone.remove());

test.each(changes.map((change) => [change.name, change] as const))('%s', (_, { given = [], edits, verdict }) => {
  const { status, review, stderr } = clone.review(given, edits);
  const { findings } = review;
  if (verdict === 'silent') {
    expect(findings.filter(({ severity }) => severity !== 'safe')).toEqual([]);
    expect({ status, stderr }).toMatchObject({ status: 0 });
    return;
  }
  const { severity, code, subject } = verdict;
  const found = findings.find((finding) => finding.code === code && finding.subject === subject);
  expect(found ?? findings).toMatchObject({ severity, code, subject });
  expect(status).toBe(severity === 'blocking' ? 1 : 0);
});

import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readContract } from '../../src/contract/readContract.ts';
import { isBlocked } from '../../src/review/review.ts';
import { accessChanges } from './accessChanges.ts';
import type { Change } from './change.ts';
import { harmlessChanges } from './harmlessChanges.ts';
import { schemaChanges } from './schemaChanges.ts';
import { edited, reviewOf } from './sides.ts';

const changes: readonly Change[] = [...schemaChanges, ...accessChanges, ...harmlessChanges];

describe('a change of the contract', () => {
  test.each(changes.map((change) => [change.name, change] as const))(
    '%s',
    async (_, { given = [], edits, verdict }) => {
      const result = await reviewOf(given, edits);
      if (verdict === 'silent') {
        expect(result.findings.filter(({ severity }) => severity !== 'safe')).toEqual([]);
        return;
      }
      const { severity, code, subject } = verdict;
      const found = result.findings.find((finding) => finding.code === code && finding.subject === subject);
      expect(found ?? result.findings).toMatchObject({ severity, code, subject });
      if (severity === 'blocking') expect(found?.remedy ?? '').not.toBe('');
      expect(isBlocked(result)).toBe(severity === 'blocking');
    },
  );

  test('the same twice is the same', async () => {
    const [first] = accessChanges;
    const once = await reviewOf([], first?.edits ?? []);
    expect(JSON.stringify(await reviewOf([], first?.edits ?? []))).toBe(JSON.stringify(once));
  });

  test('no change at all has no finding', async () => {
    const { findings, operations } = await reviewOf([], []);
    expect(findings).toEqual([]);
    expect(operations).toHaveLength(29);
  });
});

describe('GraphQL Inspector alone', () => {
  const missed = changes.filter(({ inspectorMisses }) => inspectorMisses);

  test('would break on none of 17 changes of access', () => expect(missed).toHaveLength(17));

  test.each(missed.map((change) => [change.name, change] as const))(
    'does not mind that %s',
    async (_, { given = [], edits }) => {
      const folders = [edited(given), edited([...given, ...edits])];
      try {
        const [before, after] = folders.map((folder) => readContract(folder).schema);
        if (!before || !after) throw new Error('two folders are two schemas');
        const found = await diff(before, after);
        expect(found.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)).toEqual([]);
      } finally {
        for (const folder of folders) rmSync(folder, { recursive: true });
      }
    },
  );
});

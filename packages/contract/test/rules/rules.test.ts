import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readContract } from '../../src/contract/readContract.ts';
import { restates } from '../../src/rules/descriptions.ts';
import { explain } from '../../src/rules/explain.ts';
import { lint } from '../../src/rules/lint.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { rules } from '../../src/rules/rules.ts';

const contract = readContract(join(import.meta.dirname, '../../../..'));

test('the contract keeps every rule', () => {
  expect(lint(contract)).toEqual([]);
});

test('every rule has an id of its own and a reason', () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  expect(rules.filter(({ id, reason }) => !/^[a-z]+(-[a-z]+)*$/.test(id) || reason.length < 20)).toEqual([]);
});

test('RULES.md explains them as they are: npm run review -- --explain', () => {
  const text = readFileSync(join(import.meta.dirname, '../../RULES.md'), 'utf8');
  const listed = [...text.matchAll(/^- \*\*(.+?)\*\*, because (.+)$/gm)].map(
    ([, id, reason]) => `${id}: because ${reason}`,
  );
  expect(listed).toEqual(
    explain()
      .split('\n')
      .filter((line) => !line.startsWith('  ')),
  );
});

describe('a waiver', () => {
  const rule: Rule = {
    id: 'no-pages',
    reason: 'pages are for people, and this is for tests',
    check: ({ schema }) =>
      schema.getType('Page') ? [{ subject: 'Page', message: 'is there', remedy: 'remove it' }] : [],
  };

  test('lets one breach of one rule be', () => {
    expect(lint(contract, [rule], [])).toMatchObject([{ severity: 'blocking', code: 'no-pages', subject: 'Page' }]);
    expect(lint(contract, [rule], [{ rule: 'no-pages', subject: 'Page', reason: 'people' }])).toEqual([]);
  });

  test('that nothing needs is a finding', () => {
    const waivers = [{ rule: 'no-pages', subject: 'Book', reason: 'people' }];
    expect(lint(contract, [], waivers)).toMatchObject([
      { severity: 'blocking', code: 'unused-waiver', subject: 'Book' },
    ]);
  });
});

test('a description restates a name when nothing else is in it', () => {
  expect(restates('displayName', 'The display name of the type.')).toBe(true);
  expect(restates('Orders', 'The order.')).toBe(false);
});

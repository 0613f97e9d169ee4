import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { allTargets } from '../config.ts';
import { rulesDocument } from './document.ts';
import { evaluate, type Report } from './evaluate.ts';
import { leftOut, rules } from './rules.ts';
import { systemsOf } from './systems.ts';
import { waivers } from './waivers.ts';

describe('the Terraform of every stage at every rung', () => {
  let report: Report;

  beforeAll(async () => {
    const systems = await systemsOf(allTargets());
    // Today, so that waivers end.
    report = await evaluate(rules, systems, { waivers, now: new Date(), complete: true });
  }, 240_000);

  test('breaks no rule without a waiver', () => {
    expect(report.targets.length).toBe(18);
    expect(report.failures.map(({ rule, message, targets }) => ({ rule, message, targets }))).toEqual([]);
  });

  test('needs every waiver, and none is out of date', () => {
    expect(report.waiverProblems).toEqual([]);
  });
});

describe('the rules', () => {
  test('have ids of their own', () => {
    const ids = rules.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at || !/^[a-z0-9]+\/[a-z0-9-]+$/.test(id))).toEqual([]);
  });

  test('and what is left out share no check of a scanner', () => {
    const ids = [...rules.flatMap(({ scanners }) => scanners), ...Object.keys(leftOut)];
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(ids.filter((id) => !/^(CKV2?_AWS_\d+|AWS-\d{4})$/.test(id))).toEqual([]);
  });

  test('are all in docs/rules.md, as they are (npm run rules -- --write-docs)', () => {
    expect(readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8')).toBe(rulesDocument(rules, leftOut));
  });
});

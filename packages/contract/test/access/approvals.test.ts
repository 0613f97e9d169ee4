import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readApprovals } from '../../src/access/approvals.ts';
import { isBlocked } from '../../src/review/review.ts';
import { create, replace, within } from '../changes/edits.ts';
import { edited, reviewOf } from '../changes/sides.ts';

const MODERATORS = '@aws_cognito_user_pools(cognito_groups: ["moderators"])';
const widened = within('schema/moderation.graphql', 'Query.moderationQueue', MODERATORS, '@aws_cognito_user_pools');
const FILE = 'schema/approvals/2026-11-queue.json';
const CELL = 'Query.moderationQueue: members';

async function neededFor(...edits: Parameters<typeof reviewOf>[1]): Promise<{ base: string; cells: string[] }> {
  const { approvalNeeded } = await reviewOf([], edits);
  return JSON.parse(approvalNeeded ?? 'null') as { base: string; cells: string[] };
}

const signed = (approval: object) =>
  create(FILE, JSON.stringify({ ...approval, by: 'Mika', reason: 'moderation by all, decision 0099' }));

describe('an approval', () => {
  test('of exactly what is wider lets it through, and says who and why', async () => {
    const needed = await neededFor(widened);
    expect(needed.cells).toEqual([CELL]);
    const result = await reviewOf([], [widened, signed(needed)]);
    // The rule on what can be reached stays: an approval is of access only.
    const access = result.findings.filter(({ section }) => section === 'access');
    expect(access.map(({ severity, message }) => [severity, message])).toEqual([
      [
        'safe',
        'every member is let in: group moderators -> members (approved by Mika: moderation by all, decision 0099)',
      ],
    ]);
    expect(result.approvalNeeded).toBeNull();
  });

  test('covers nothing that is wider than it names', async () => {
    const more = within(
      'schema/announcement.graphql',
      'Mutation.sendAnnouncement',
      '["operators"]',
      '["operators", "moderators"]',
    );
    const needed = await neededFor(widened);
    const result = await reviewOf([], [widened, more, signed(needed)]);
    expect(isBlocked(result)).toBe(true);
    expect(JSON.parse(result.approvalNeeded ?? 'null')).toMatchObject({
      cells: ['Mutation.sendAnnouncement: group moderators'],
    });
  });

  test('covers nothing later: from another state of access it is history', async () => {
    const needed = await neededFor(widened);
    const later = replace(
      'test/authorization/matrix/doors.md',
      '| the CDN | bucket site assets/ | yes |',
      '| the CDN | bucket site | yes |',
    );
    const result = await reviewOf([later], [widened, signed(needed)]);
    expect(result.findings.find(({ subject }) => subject === 'Query.moderationQueue')?.severity).toBe('blocking');
    expect(result.findings.filter(({ code }) => code === 'APPROVAL_UNUSED')).toEqual([]);
  });

  test('of what does not happen blocks', async () => {
    const { base } = await neededFor(widened);
    const result = await reviewOf([], [signed({ base, cells: [CELL] })]);
    expect(result.findings.map(({ code, subject, severity }) => [code, subject, severity])).toEqual([
      ['APPROVAL_UNUSED', FILE, 'blocking'],
    ]);
  });

  test.each([
    ['{ "base": ', 'is no JSON'],
    ['{ "base": "1", "cells": [], "by": "a", "reason": "b" }', 'must be { "base"'],
    ['{ "base": "1", "cells": ["x"], "by": "", "reason": "b" }', 'must be { "base"'],
    ['[]', 'must be { "base"'],
  ])('that is %s is refused by the name of its file', (text, message) => {
    const folder = edited([create(FILE, text)]);
    try {
      expect(() => readApprovals(folder)).toThrow(`${FILE} ${message}`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

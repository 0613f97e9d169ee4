import { describe, expect, test } from 'vitest';
import { evaluate, isClean } from './evaluate.ts';
import { systemOf } from './model/system.ts';
import { reportText } from './report.ts';
import { resourceRule } from './rule.ts';
import type { Waiver } from './waiver.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const SHORT = resourceRule({
  id: 'sqs/short-name',
  scanners: ['CKV_AWS_1'],
  reason: 'A name is short.',
  types: ['aws_sqs_queue'],
  inspect: ({ args }) =>
    String(args.name).length > 5 ? { problem: 'has a long name', fix: 'use five letters' } : undefined,
});
const WAIVER: Waiver = {
  rule: 'sqs/short-name',
  resource: 'api/aws_sqs_queue.*',
  reason: 'The name is known to others.',
  expires: '2027-01-01',
};

function systemWith(rung: string) {
  const queue = (name: string) => ({ '//': { metadata: { path: `api/queues/${name}` } }, name });
  const document = {
    provider: {},
    terraform: {},
    resource: { aws_sqs_queue: { jobs: queue('jobs'), thumbnails: queue('thumbnails') } },
  };
  return systemOf({ stage: 'dev', rung, now: NOW, documents: new Map([['api', document]]) });
}

function run(waivers: readonly Waiver[], complete = true) {
  return evaluate([SHORT], [systemWith('users'), systemWith('users+')], { waivers, now: NOW, complete });
}

describe('a run of the rules', () => {
  test('names the construct, the address, the problem and the fix once, and every target', async () => {
    const report = await run([]);
    expect(report.failures).toEqual([
      {
        rule: 'sqs/short-name',
        scanners: ['CKV_AWS_1'],
        resource: 'api/aws_sqs_queue.thumbnails',
        construct: 'api/queues/thumbnails',
        message: 'api/queues/thumbnails (api/aws_sqs_queue.thumbnails) has a long name: use five letters',
        targets: [
          { stage: 'dev', rung: 'users' },
          { stage: 'dev', rung: 'users+' },
        ],
      },
    ]);
    expect(report.rules).toEqual([
      { rule: 'sqs/short-name', scanners: ['CKV_AWS_1'], inspected: 4, failed: 2, waived: 0 },
    ]);
    expect(isClean(report)).toBe(false);
  });

  test('prints failures first and the counts last', async () => {
    expect(reportText(await run([]))).toBe(
      `FAIL sqs/short-name (CKV_AWS_1)
     api/queues/thumbnails (api/aws_sqs_queue.thumbnails) has a long name: use five letters
     at dev users, users+
rule            implements  inspected  failed  waived
sqs/short-name  CKV_AWS_1   4          2       0
FAIL 1 rules over 2 targets: 1 failure, 0 waived, 0 waiver problems`,
    );
  });

  test('passes what a waiver covers, and says until when', async () => {
    const report = await run([WAIVER]);
    expect(isClean(report)).toBe(true);
    expect(reportText(report)).toContain(
      'waived until 2027-01-01: sqs/short-name for api/aws_sqs_queue.* (1 finding)\n     The name is known to others.',
    );
  });

  test.each<[string, Partial<Waiver>, number, string[]]>([
    [
      'has expired',
      { expires: '2026-11-22' },
      1,
      ['the waiver of sqs/short-name for api/aws_sqs_queue.* expired on 2026-11-22: mend the resource or decide anew'],
    ],
    [
      'has no date',
      { expires: 'never' },
      1,
      ['the waiver of sqs/short-name for api/aws_sqs_queue.* expired on never: mend the resource or decide anew'],
    ],
    [
      'is for another resource',
      { resource: 'api/aws_sqs_queue.jobs' },
      1,
      ['the waiver of sqs/short-name for api/aws_sqs_queue.jobs covers nothing: remove it'],
    ],
    [
      'is of no rule',
      { rule: 'sqs/long-name' },
      1,
      ['the waiver of sqs/long-name for api/aws_sqs_queue.* is of no rule: remove it'],
    ],
    [
      'lasts for years',
      { expires: '2029-01-01' },
      0,
      ['the waiver of sqs/short-name for api/aws_sqs_queue.* lasts until 2029-01-01: decide again within a year'],
    ],
    ['is for one of the rungs', { rungs: ['users'] }, 1, []],
  ])('fails when a waiver %s', async (_title, change, failures, problems) => {
    const report = await run([{ ...WAIVER, ...change }]);
    expect(report.failures.length).toBe(failures);
    expect(report.waiverProblems).toEqual(problems);
    expect(isClean(report)).toBe(false);
  });

  test('over some of the targets does not ask whether each waiver is needed', async () => {
    const other = { ...WAIVER, resource: 'data/*' };
    expect((await run([WAIVER, other], false)).waiverProblems).toEqual([]);
  });
});

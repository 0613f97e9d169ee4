import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Deployment } from '../deployed/deployment.ts';
import { followRequest } from './journey.ts';
import { readDuration, readReference } from './ids.ts';
import { report } from './report.ts';

const logs = mockClient(CloudWatchLogsClient);
const NOW = Date.parse('2026-11-26T12:00:00.000Z');
/** Its first part is 2026-11-26T11:59:50Z in seconds. */
const TRACE = '1-6b081f36-0123456789abcdef01234567';
const OTHER = '1-6a0f0f0f-0123456789abcdef01234567';
const REQUEST = '8ba1c7e9-0123-4567-89ab-cdef01234567';
const stage: Deployment = {
  stage: 'prod',
  namePrefix: 'hiroba-prod',
  isLocal: false,
  where: 'stage "prod" in us-east-1',
  client: { region: 'us-east-1' },
};
const follow = (id: string, since: number | null = null) =>
  followRequest(readReference(id), { logs: new CloudWatchLogsClient({}), deployment: stage, since, now: NOW });

const GROUPS = ['/aws/lambda/hiroba-prod-counters', '/aws/lambda/hiroba-prod-fanOut'];
const API = '/aws/appsync/apis/abc';

/** Lines by group, of which CloudWatch gives those that have the text. */
let lines: Record<string, readonly (readonly [string, object | string])[]>;

beforeEach(() => {
  lines = {};
  logs.reset();
  logs.on(DescribeLogGroupsCommand).callsFake(({ logGroupNamePrefix, nextToken }) => {
    if (logGroupNamePrefix === '/aws/appsync/apis/') return { logGroups: [{ logGroupName: API }] };
    const [first, second] = GROUPS.map((logGroupName) => ({ logGroupName }));
    return nextToken === undefined ? { logGroups: [first], nextToken: 'more' } : { logGroups: [second] };
  });
  logs
    .on(FilterLogEventsCommand)
    .callsFake(({ logGroupName = '', filterPattern = '', nextToken }: FilterLogEventsCommandInput) => {
      const text = filterPattern.slice(1, -1);
      const found = (lines[logGroupName] ?? []).map(([at, line]) => ({
        timestamp: Date.parse(at),
        message: typeof line === 'string' ? line : JSON.stringify(line),
      }));
      const matching = found.filter(({ message }) => message.includes(text));
      // A page at a time: the first may be empty, and there is more.
      return nextToken === undefined ? { events: [], nextToken: 'more' } : { events: matching };
    });
});

const worked = (changes: object) => ({
  level: 'INFO',
  function: 'counters',
  requestId: REQUEST,
  source: 'arn:aws:dynamodb:us-east-1:123456789012:table/hiroba-prod-edges/stream/2026-01-01T00:00:00.000',
  records: 1,
  counts: { counted: 2 },
  traces: [TRACE],
  milliseconds: 40,
  ...changes,
});

describe('the journey of a request', () => {
  test('is in order of when things began, whatever the order of the lines', async () => {
    lines[GROUPS[0] as string] = [
      ['2026-11-26T11:59:55.000Z', worked({ timestamp: '2026-11-26T11:59:55.000Z', milliseconds: 1_000 })],
    ];
    lines[GROUPS[1] as string] = [
      [
        '2026-11-26T11:59:54.900Z',
        {
          timestamp: '2026-11-26T11:59:54.900Z',
          level: 'INFO',
          function: 'fanOut',
          requestId: 'r2',
          source: 'arn:aws:sqs:us-east-1:123456789012:hiroba-prod-fanOut',
          messages: 3,
          counts: { entries: 200 },
          failures: [],
          traces: [OTHER, TRACE],
          milliseconds: 100,
        },
      ],
    ];
    const { trace, steps } = await follow(TRACE);
    expect(trace).toBe(TRACE);
    expect(steps.map(({ at, where, what, batch }) => [at, where, what, batch])).toEqual([
      ['2026-11-26T11:59:54.000Z', 'counters', 'stream of edges', 1],
      ['2026-11-26T11:59:54.800Z', 'fanOut', 'queue', 3],
    ]);
  });

  test('is searched in every function and API, from five minutes before the trace began', async () => {
    lines[GROUPS[0] as string] = [['2026-11-26T11:59:55.000Z', worked({})]];
    await follow(TRACE);
    const asked = logs.commandCalls(FilterLogEventsCommand).map(({ args }) => args[0].input);
    expect(new Set(asked.map(({ logGroupName }) => logGroupName))).toEqual(new Set([...GROUPS, API]));
    expect(asked[0]).toMatchObject({
      filterPattern: `"${TRACE}"`,
      startTime: Date.parse('2026-11-26T11:54:50.000Z'),
    });
  });

  test.each([
    ['1-00000001-0123456789abcdef01234567', null, NOW - 60 * 60_000],
    [TRACE, NOW - 2 * 60_000, NOW - 2 * 60_000],
    [REQUEST, null, NOW - 60 * 60_000],
  ])('of %s since %s is searched from %s', async (id, since, from) => {
    await expect(follow(id, since)).rejects.toThrow(
      `Nothing says ${id} since ${new Date(from).toISOString()} in the logs of 2 functions and 1 APIs of stage "prod" in us-east-1. ` +
        'Lines reach the logs within seconds; to look further back, add --since 2d.',
    );
  });

  test('tells errors, what is delivered again and what was given up', async () => {
    lines[GROUPS[0] as string] = [
      [
        '2026-11-26T11:59:55.000Z',
        worked({
          level: 'ERROR',
          failed: 1,
          retriedFrom: '100',
          errors: ['Error: busy'],
          skips: [{ reason: 'userId is no text' }],
          warnings: ['Error: slow'],
        }),
      ],
    ];
    lines[GROUPS[1] as string] = [
      [
        '2026-11-26T11:59:58.000Z',
        worked({
          records: 2,
          counts: { 'given up': 1 },
          failures: [{ id: 'm', error: 'Error: never', givenUp: true }],
        }),
      ],
    ];
    const { steps } = await follow(TRACE);
    expect(steps.map(({ problems, retried, givenUp }) => ({ problems, retried, givenUp }))).toEqual([
      {
        problems: ['left out: userId is no text', 'Error: busy', 'warning: Error: slow'],
        retried: true,
        givenUp: false,
      },
      { problems: ['Error: never'], retried: false, givenUp: true },
    ]);
    expect(report({ trace: TRACE, steps, others: [] }, stage.where)).toEqual([
      `trace ${TRACE}, from 2026-11-26T11:59:54.960Z, stage "prod" in us-east-1`,
      '',
      '11:59:54.960   +0 ms  counters  stream of edges; counted 2             40 ms',
      '    ! left out: userId is no text',
      '    ! Error: busy',
      '    ! warning: Error: slow',
      '    ! to be delivered again',
      '11:59:57.960  +3.0 s  fanOut    stream of edges, one of 2; given up 1  40 ms',
      '    ! Error: never',
      '    ! given up: see npm run redrive',
      '',
      '2 steps, 2 with problems, 1 delivered again, 1 given up. What a batch did and failed at may be of other requests in it.',
    ]);
  });

  test('of a request of AWS, whose log says no trace, is the answer alone, and where the trace is to be had', async () => {
    lines[API] = [
      ['2026-11-26T11:59:50.000Z', `${REQUEST} Begin Request`],
      [
        '2026-11-26T11:59:50.100Z',
        { logType: 'RequestSummary', requestId: REQUEST, graphQLAPIId: 'abc', statusCode: 200, latency: 100_000_000 },
      ],
      ['2026-11-26T11:59:50.100Z', { logType: 'ExecutionSummary', requestId: REQUEST, duration: 90_000_000 }],
    ];
    const journey = await follow(REQUEST);
    expect(journey).toMatchObject({
      trace: null,
      steps: [{ at: '2026-11-26T11:59:50.000Z', where: 'api', what: 'request', status: 200, milliseconds: 100 }],
    });
    expect(report(journey, stage.where).at(-1)).toBe(
      "The API's log does not tell the trace of a request: the header hiroba-trace of its answer does.",
    );
  });

  test('of an invocation of a function is that of the request it worked for', async () => {
    lines[GROUPS[0] as string] = [['2026-11-26T11:59:55.000Z', worked({})]];
    lines[GROUPS[1] as string] = [['2026-11-26T11:59:56.000Z', worked({ requestId: 'r2' })]];
    const { trace, steps } = await follow(REQUEST);
    expect([trace, steps.map(({ where }) => where)]).toEqual([TRACE, ['counters', 'fanOut']]);
  });

  test('of an invocation that worked for several requests names them', async () => {
    lines[GROUPS[0] as string] = [['2026-11-26T11:59:55.000Z', worked({ traces: [TRACE, OTHER] })]];
    const journey = await follow(REQUEST);
    expect(journey).toMatchObject({ trace: null, others: [TRACE, OTHER] });
    expect(report(journey, stage.where).slice(-2)).toEqual([
      `  npm run trace -- ${TRACE}`,
      `  npm run trace -- ${OTHER}`,
    ]);
  });

  test('is not searched where there are no functions', async () => {
    logs.on(DescribeLogGroupsCommand).resolves({});
    await expect(follow(TRACE)).rejects.toThrow(
      'stage "prod" in us-east-1 has no log group /aws/lambda/hiroba-prod-...: the stage is not deployed there.',
    );
  });
});

test.each([
  [TRACE, { kind: 'trace', id: TRACE }],
  [`Root=${TRACE}`, { kind: 'trace', id: TRACE }],
  [`Self=1-6b081f36-${'0'.repeat(24)};Root=${TRACE};Parent=53995c3f42cd8ad8`, { kind: 'trace', id: TRACE }],
  [REQUEST.toUpperCase(), { kind: 'request', id: REQUEST }],
])('%s is the id of a request', (text, expected) => {
  expect(readReference(text)).toEqual(expected);
});

test.each(['', 'abc', '1-6b081f36-0123', `${TRACE}x`, `Parent=${TRACE}`])('%j is none', (text) => {
  expect(() => readReference(text)).toThrow(/is no id of a request/);
});

test('a time back is a number of minutes, hours or days', () => {
  expect(['90m', '1h', '2d'].map(readDuration)).toEqual([5_400_000, 3_600_000, 172_800_000]);
  expect(() => readDuration('1 week')).toThrow('"1 week" is no time: write a number of m, h or d, as 90m, 1h or 2d.');
});

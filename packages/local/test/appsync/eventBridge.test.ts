import { describe, expect, test } from 'vitest';
import { manualClock } from '../../src/clock.ts';
import { seededRandom } from '../../src/random.ts';
import { createEventBridge } from '../../src/services/eventbridge/index.ts';
import { code, DATA_SOURCES, NOW, recordingAuthorizer, start, type TestOptions } from './support.ts';

const BUS = 'arn:aws:events:us-east-1:123456789012:event-bus/default';
const eventBridge = createEventBridge({
  account: { region: 'us-east-1', accountId: '123456789012' },
  clock: manualClock(NOW),
  random: seededRandom('events'),
});

/** What the response handler sees of a request with these events. */
async function put(events: string, options: TestOptions = {}, busArn = BUS): Promise<unknown> {
  const api = start(
    {
      schema: 'type Query { a: AWSJSON }',
      dataSources: [
        ...DATA_SOURCES,
        {
          name: 'bus',
          address: 'aws_appsync_datasource.bus',
          type: 'AMAZON_EVENTBRIDGE',
          eventBusArn: busArn,
          principal: { arn: 'arn:aws:iam::123456789012:role/sender' },
        },
      ],
      resolvers: {
        'Query.a': {
          dataSource: 'bus',
          code: code(`return { operation: 'PutEvents', events: ${events} };`, 'return [ctx.result, ctx.error];'),
        },
      },
    },
    { putEvents: eventBridge.putEvents, ...options },
  );
  const { data, errors } = (await api.query('{ a }')) as {
    data: { a: string | null };
    errors?: { errorType: string; message: string }[];
  };
  if (errors) return errors.map(({ errorType, message }) => `${errorType}: ${message}`);
  return JSON.parse(data.a ?? 'null') as unknown;
}

const ID = expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/) as unknown;

describe('an EventBridge data source', () => {
  test('answers each event with its id, and the bus has it', async () => {
    const authorizer = recordingAuthorizer();
    const events = `[
      { source: 'shop', detailType: 'sold', detail: { a: 1 }, resources: ['r'], time: '2026-01-31T12:00:00.123+09:00' },
      { source: 'shop', detailType: 'paid', detail: {} },
    ]`;
    expect(await put(events, { authorizer })).toEqual([
      { Entries: [{ EventId: ID }, { EventId: ID }], FailedEntryCount: 0 },
      null,
    ]);
    expect(eventBridge.events('default').slice(-2)).toMatchObject([
      { 'detail-type': 'sold', source: 'shop', time: '2026-01-31T03:00:00Z', resources: ['r'], detail: { a: 1 } },
      { 'detail-type': 'paid', source: 'shop', time: '2026-03-01T12:00:00Z', resources: [], detail: {} },
    ]);
    expect(authorizer.asked).toEqual(
      ['sold', 'paid'].map((detailType) => ({
        action: 'events:PutEvents',
        resource: BUS,
        context: { 'events:source': 'shop', 'events:detail-type': detailType },
      })),
    );
  });

  test('tells of an event that the bus does not take, among others that it does', async () => {
    const events = `[
      { source: 'aws.s3', detailType: 'a', detail: {} },
      { source: 'shop', detailType: '', detail: {} },
      { source: 'shop', detailType: 'a', detail: {} },
    ]`;
    expect(await put(events)).toEqual([
      {
        Entries: [
          { ErrorCode: 'NotAuthorizedForSource', ErrorMessage: 'Not authorized for the source.' },
          {
            ErrorCode: 'InvalidArgument',
            ErrorMessage: 'Parameter DetailType is not valid. Reason: DetailType is a required argument.',
          },
          { EventId: ID },
        ],
        FailedEntryCount: 2,
      },
      null,
    ]);
  });

  test('has ctx.error for what is refused as a whole', async () => {
    const [, denied] = (await put("[{ source: 'a', detailType: 'b', detail: {} }]", {
      authorizer: recordingAuthorizer(['events:PutEvents']),
    })) as [null, { type: string; message: string }];
    expect(denied.type).toBe('EventBridge:AccessDeniedException');
    expect(denied.message).toContain('[aws_appsync_datasource.bus]');

    const doubled = `[1,2,3,4,5,6,7,8].reduce((text) => text + text, '${'x'.repeat(1_024)}')`;
    expect(await put(`[{ source: 'a', detailType: 'b', detail: { c: ${doubled} } }]`)).toEqual([
      null,
      {
        type: 'EventBridge:ValidationException',
        message: 'Total size of the entries in the request is over the limit. [aws_appsync_datasource.bus]',
      },
    ]);
    expect(await put("[{ source: 'a', detailType: 'b', detail: {} }]", {}, `${BUS}2`)).toMatchObject([
      null,
      { type: 'EventBridge:ResourceNotFoundException' },
    ]);
  });

  test.each([
    ['[]', "Value for field '$[events]' must have 1 to 10 events."],
    [
      "[1,2,3,4,5,6,7,8,9,10,11].map((n) => ({ source: 'a', detailType: 'b', detail: {} }))",
      'must have 1 to 10 events.',
    ],
    ['null', "Value for field '$[events]' not found."],
    ["[{ detailType: 'b', detail: {} }]", "Value for field '$[events][0][source]' not found."],
    ["[{ source: 'a', detailType: 'b', detail: '{}' }]", "Value for field '$[events][0][detail]' must be an object."],
    ["[{ source: 'a', detailType: 'b', detail: {}, time: 'now' }]", "'$[events][0][time]' must be a time"],
    [
      "[{ source: 'a', detailType: 'b', detail: {}, eventBusName: 'c' }]",
      "Unsupported element '$[events][0][eventBusName]'.",
    ],
  ])('does not take %s', async (events, message) => {
    expect(await put(events)).toEqual([expect.stringContaining(message)]);
  });
});

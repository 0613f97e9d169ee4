import { describe, expect, test } from 'vitest';
import { manualClock } from '../../src/index.ts';
import { startGreenhouse as start } from './start.ts';

const HARVEST = 'mutation { harvest(plant: "tomato", kilograms: 2.5) }';
const clock = manualClock(Date.parse('2026-07-01T08:00:00.500Z'));

describe('an event bus that resolvers write to', () => {
  test('accepts an event, which the library call shows as a target would get it', async () => {
    const { system, send } = await start(undefined, { clock });
    const { data } = await send(HARVEST);
    expect(data).toEqual({ harvest: expect.stringMatching(/^[\da-f-]{36}$/) });
    expect(system.events('greenhouse-harvest')).toEqual([
      {
        version: '0',
        id: data?.['harvest'],
        'detail-type': 'harvested',
        source: 'greenhouse',
        account: '123456789012',
        time: '2026-07-01T08:00:00Z',
        region: 'eu-central-1',
        resources: [],
        detail: { plant: 'tomato', kilograms: 2.5 },
      },
    ]);
    expect(system.events()).toEqual([]);
  });

  test('is closed to a role without the permission, and the error names the address', async () => {
    const { send } = await start(({ resource }) => {
      resource.aws_iam_role_policy.harvest.policy = resource.aws_iam_role_policy.harvest.policy.replace(
        'aws_cloudwatch_event_bus.harvest.arn',
        'aws_sqs_queue.alerts.arn',
      );
    });
    const { data, errors } = await send(HARVEST);
    expect(data).toEqual({ harvest: null });
    expect(errors?.[0]?.errorType).toBe('EventBridge:AccessDeniedException');
    expect(errors?.[0]?.message).toContain('events:PutEvents');
    expect(errors?.[0]?.message).toContain('[aws_appsync_datasource.harvest]');
  });

  test('has no rules: the start is refused, with the address', async () => {
    const withRule = start(({ resource }) => {
      Object.assign(resource, {
        aws_cloudwatch_event_rule: { big: { name: 'big', event_pattern: '{"source":["greenhouse"]}' } },
      });
    });
    await expect(withRule).rejects.toThrow(
      'aws_cloudwatch_event_rule.big: the type aws_cloudwatch_event_rule is not emulated by @hiroba/local.',
    );
  });
});

import {
  CancelMessageMoveTaskCommand,
  ListMessageMoveTasksCommand,
  StartMessageMoveTaskCommand,
  type StartMessageMoveTaskCommandInput,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  arnOf,
  counts,
  queue,
  receive,
  refusal,
  send,
  serveQueues,
  START,
  withDeadLetters,
  type Served,
} from './support/queues.ts';

let served: Served;
beforeEach(async () => {
  served = await serveQueues([...withDeadLetters(1), queue({ name: 'other' })]);
});
afterEach(() => served.stop());

/** Puts messages into the dead-letter queue, by way of `jobs`. */
async function fail(count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) await send(served, `m${number}`);
  await receive(served);
  served.clock.advance(30_000);
  await receive(served);
}

const start = async (input: Partial<StartMessageMoveTaskCommandInput> = {}) => {
  const command = new StartMessageMoveTaskCommand({ SourceArn: arnOf('dead'), ...input });
  return (await served.client.send(command)).TaskHandle;
};

const list = async (MaxResults?: number) =>
  (await served.client.send(new ListMessageMoveTasksCommand({ SourceArn: arnOf('dead'), MaxResults }))).Results;

const cancel = (TaskHandle: string) => served.client.send(new CancelMessageMoveTaskCommand({ TaskHandle }));

describe('a message move task', () => {
  it('takes messages back to where they came from, as new ones', async () => {
    await fail(3);
    const handle = await start();
    await served.sqs.idle();
    expect(await counts(served, 'dead')).toEqual([0, 0, 0]);
    const messages = await receive(served);
    expect(messages.map(({ Body }) => Body)).toEqual(['m0', 'm1', 'm2']);
    expect(messages[0]?.Attributes).toEqual({
      SenderId: '123456789012',
      SentTimestamp: String(START + 30_000),
      ApproximateFirstReceiveTimestamp: String(START + 30_000),
      ApproximateReceiveCount: '1',
    });
    expect(handle).toMatch(/^[A-Za-z0-9+/]+=*$/);
    expect(await list()).toEqual([
      {
        ApproximateNumberOfMessagesMoved: 3,
        ApproximateNumberOfMessagesToMove: 3,
        SourceArn: arnOf('dead'),
        StartedTimestamp: START + 30_000,
        Status: 'COMPLETED',
      },
    ]);
  });

  it('takes them to another queue when one is named', async () => {
    await fail(2);
    await start({ DestinationArn: arnOf('other') });
    await served.sqs.idle();
    expect(await counts(served, 'other')).toEqual([2, 0, 0]);
    expect((await list())?.[0]?.DestinationArn).toBe(arnOf('other'));
  });

  it('moves no more in a second of the local clock than it was told', async () => {
    await fail(5);
    await start({ MaxNumberOfMessagesPerSecond: 2 });
    await served.sqs.idle();
    const moved = async () => (await list())?.[0]?.ApproximateNumberOfMessagesMoved;
    await expect.poll(moved).toBe(2);
    served.clock.advance(1_000);
    expect(await moved()).toBe(4);
    served.clock.advance(10_000);
    expect([await moved(), (await list())?.[0]?.Status]).toEqual([5, 'COMPLETED']);
  });

  it('can be cancelled, and what was moved stays moved', async () => {
    await fail(5);
    const handle = await start({ MaxNumberOfMessagesPerSecond: 1 });
    await expect.poll(async () => (await list())?.[0]?.ApproximateNumberOfMessagesMoved).toBe(1);
    expect((await list())?.[0]?.TaskHandle).toBe(handle);
    expect((await cancel(handle!)).ApproximateNumberOfMessagesMoved).toBe(1);
    served.clock.advance(60_000);
    expect([(await list())?.[0]?.Status, await counts(served, 'dead')]).toEqual(['CANCELLED', [4, 0, 0]]);
    expect((await refusal(cancel(handle!))).message).toBe('Only active tasks can be cancelled.');
  });

  it('fails at a message that was sent straight to the dead-letter queue', async () => {
    await send(served, 'by hand', { name: 'dead' });
    await start();
    await served.sqs.idle();
    expect((await list())?.[0]).toMatchObject({
      Status: 'FAILED',
      FailureReason: 'CouldNotDetermineMessageSource',
      ApproximateNumberOfMessagesMoved: 0,
    });
    expect(await counts(served, 'dead')).toEqual([1, 0, 0]);
  });

  it('is listed with those before it, the latest first', async () => {
    await fail(1);
    await start();
    await served.sqs.idle();
    served.clock.advance(1_000);
    await start({ DestinationArn: arnOf('other') });
    await served.sqs.idle();
    expect((await list())?.length).toBe(1);
    expect((await list(10))?.map(({ DestinationArn }) => DestinationArn)).toEqual([arnOf('other'), undefined]);
  });
});

describe('a message move task is refused', () => {
  // Texts that AWS answered.
  it.each<[string, Partial<StartMessageMoveTaskCommandInput>, string, string, number]>([
    [
      'from a queue that is no dead-letter queue',
      { SourceArn: arnOf('jobs') },
      'InvalidParameterValue',
      'Source queue must be configured as a Dead Letter Queue.',
      400,
    ],
    [
      'from an unknown queue',
      { SourceArn: arnOf('nobody') },
      'ResourceNotFoundException',
      "The resource that you specified for the SourceArn parameter doesn't exist.",
      404,
    ],
    [
      'to an unknown queue',
      { DestinationArn: arnOf('nobody') },
      'ResourceNotFoundException',
      "The resource that you specified for the DestinationArn parameter doesn't exist.",
      404,
    ],
  ])('%s', async (_what, input, name, message, status) => {
    expect(await refusal(start(input))).toEqual({ name, message, status });
  });

  it('beside one that runs', async () => {
    await fail(3);
    await start({ MaxNumberOfMessagesPerSecond: 1 });
    expect((await refusal(start())).message).toBe(
      'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
    );
  });

  it.each([
    ['that is none', 'nonsense', 'Value for parameter TaskHandle is invalid.', 400],
    ['of an unknown task', { taskId: 'x', sourceArn: arnOf('dead') }, 'Task does not exist.', 404],
    [
      'of an unknown queue',
      { taskId: 'x', sourceArn: arnOf('nobody') },
      "The resource that you specified for the SourceArn parameter doesn't exist.",
      404,
    ],
  ])('when it is to be cancelled by a handle %s', async (_what, handle, message, status) => {
    const text = typeof handle === 'string' ? handle : Buffer.from(JSON.stringify(handle)).toString('base64');
    expect(await refusal(cancel(text))).toMatchObject({ message, status });
  });
});

import { ChangeMessageVisibilityBatchCommand, ChangeMessageVisibilityCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { counts, queue, receive, refusal, send, serveQueues, urlOf, type Served } from './support/queues.ts';

let served: Served;
beforeEach(async () => {
  served = await serveQueues([queue()]);
});
afterEach(() => served.stop());

const change = (ReceiptHandle: string | undefined, VisibilityTimeout: number) =>
  served.client.send(new ChangeMessageVisibilityCommand({ QueueUrl: urlOf('jobs'), ReceiptHandle, VisibilityTimeout }));

async function received(): Promise<string | undefined> {
  await send(served, 'a');
  return (await receive(served))[0]?.ReceiptHandle;
}

describe('ChangeMessageVisibility', () => {
  it('to 0 gives a message back at once', async () => {
    await change(await received(), 0);
    expect((await receive(served)).map(({ Body }) => Body)).toEqual(['a']);
  });

  it('counts from now, not from the reception', async () => {
    const handle = await received();
    served.clock.advance(20_000);
    await change(handle, 60);
    served.clock.advance(59_999);
    expect(await counts(served)).toEqual([0, 1, 0]);
    served.clock.advance(1);
    expect(await counts(served)).toEqual([1, 0, 0]);
  });

  it('hides a message anew that came back and that nobody took', async () => {
    const handle = await received();
    served.clock.advance(31_000);
    await change(handle, 60);
    expect(await counts(served)).toEqual([0, 1, 0]);
  });

  it('refuses what is gone, what another has received since, and more than 12 hours in all', async () => {
    const handle = await received();
    expect(await refusal(change(handle, 43_201))).toEqual({
      name: 'InvalidParameterValue',
      message:
        'Value 43201 for parameter VisibilityTimeout is invalid. Reason: VisibilityTimeout must be an integer between 0 and 43200',
      status: 400,
    });
    served.clock.advance(1_000);
    expect((await refusal(change(handle, 43_200))).message).toBe(
      'Value 43200 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds]',
    );
    served.clock.advance(30_000);
    await receive(served);
    expect((await refusal(change(handle, 10))).message).toBe(
      `Value ${handle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
    );
  });
});

describe('ChangeMessageVisibilityBatch', () => {
  it('changes what it can and tells of the rest', async () => {
    const handle = await received();
    const { Successful, Failed } = await served.client.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: urlOf('jobs'),
        Entries: [
          { Id: 'a', ReceiptHandle: handle, VisibilityTimeout: 0 },
          { Id: 'x', ReceiptHandle: 'fake', VisibilityTimeout: 0 },
          { Id: 'y', ReceiptHandle: handle },
        ],
      }),
    );
    expect(Successful).toEqual([{ Id: 'a' }]);
    expect(Failed?.map(({ Id, Code }) => [Id, Code])).toEqual([
      ['x', 'ReceiptHandleIsInvalid'],
      ['y', 'MissingParameter'],
    ]);
    expect(await counts(served)).toEqual([1, 0, 0]);
  });
});

import { DeleteMessageBatchCommand, DeleteMessageCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { counts, queue, receive, refusal, send, serveQueues, urlOf, type Served } from './support/queues.ts';

let served: Served;
beforeEach(async () => {
  served = await serveQueues([queue(), queue({ name: 'other' })]);
});
afterEach(() => served.stop());

const remove = (ReceiptHandle: string | undefined, name = 'jobs') =>
  served.client.send(new DeleteMessageCommand({ QueueUrl: urlOf(name), ReceiptHandle }));

describe('DeleteMessage', () => {
  it('deletes what was received, and again without complaint', async () => {
    await send(served, 'a');
    const [message] = await receive(served);
    await remove(message?.ReceiptHandle);
    await remove(message?.ReceiptHandle);
    served.clock.advance(3_600_000);
    expect(await counts(served)).toEqual([0, 0, 0]);
  });

  it('deletes a message whose time in flight is over, while nobody has received it anew', async () => {
    await send(served, 'a');
    const [message] = await receive(served);
    served.clock.advance(31_000);
    await remove(message?.ReceiptHandle);
    expect(await counts(served)).toEqual([0, 0, 0]);
  });

  it('leaves a message alone that has been received again since', async () => {
    await send(served, 'a');
    const [first] = await receive(served);
    served.clock.advance(31_000);
    const [second] = await receive(served);
    await remove(first?.ReceiptHandle);
    expect(await counts(served)).toEqual([0, 1, 0]);
    await remove(second?.ReceiptHandle);
    expect(await counts(served)).toEqual([0, 0, 0]);
  });

  it('refuses a handle that was never given', async () => {
    expect(await refusal(remove('fake'))).toEqual({
      name: 'ReceiptHandleIsInvalid',
      message: 'The input receipt handle "fake" is not a valid receipt handle.',
      status: 404,
    });
    expect(await refusal(remove(''))).toEqual({
      name: 'MissingParameter',
      message: 'The request must contain the parameter ReceiptHandle.',
      status: 400,
    });
  });

  it('refuses a handle of another queue', async () => {
    await send(served, 'a');
    const [message] = await receive(served);
    expect(await refusal(remove(message?.ReceiptHandle, 'other'))).toEqual({
      name: 'ReceiptHandleIsInvalid',
      message: `The receipt handle "${message?.ReceiptHandle}" is not valid for this queue.`,
      status: 404,
    });
  });
});

describe('DeleteMessageBatch', () => {
  it('deletes what it can and tells of the rest', async () => {
    for (const body of ['a', 'b', 'c']) await send(served, body);
    const [a, b] = await receive(served);
    const { Successful, Failed } = await served.client.send(
      new DeleteMessageBatchCommand({
        QueueUrl: urlOf('jobs'),
        Entries: [
          { Id: 'a', ReceiptHandle: a?.ReceiptHandle },
          { Id: 'x', ReceiptHandle: 'fake' },
          { Id: 'b', ReceiptHandle: b?.ReceiptHandle },
        ],
      }),
    );
    expect(Successful).toEqual([{ Id: 'a' }, { Id: 'b' }]);
    expect(Failed).toEqual([
      {
        Id: 'x',
        Code: 'ReceiptHandleIsInvalid',
        Message: 'The input receipt handle "fake" is not a valid receipt handle.',
        SenderFault: true,
      },
    ]);
    expect(await counts(served)).toEqual([0, 1, 0]);
  });

  it('refuses eleven entries', async () => {
    const Entries = Array.from({ length: 11 }, (_, number) => ({ Id: `e${number}`, ReceiptHandle: 'fake' }));
    const command = new DeleteMessageBatchCommand({ QueueUrl: urlOf('jobs'), Entries });
    expect(await refusal(served.client.send(command))).toEqual({
      name: 'TooManyEntriesInBatchRequest',
      message: 'Maximum number of entries per request are 10. You have sent 11.',
      status: 400,
    });
  });
});

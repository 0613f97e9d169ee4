import {
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { queue, refusal, serveQueues, urlOf, type Served } from './support/queues.ts';

let served: Served;
beforeEach(async () => {
  served = await serveQueues([
    queue({ maximumMessageBytes: 1_048_576 }),
    queue({ name: 'small', maximumMessageBytes: 1024 }),
  ]);
});
afterEach(() => served.stop());

const send = (Entries: SendMessageBatchRequestEntry[], name = 'jobs') =>
  served.client.send(new SendMessageBatchCommand({ QueueUrl: urlOf(name), Entries }));

const entries = (count: number, MessageBody = 'a') =>
  Array.from({ length: count }, (_, number) => ({ Id: `e${number}`, MessageBody }));

const stored = async (name = 'jobs') => {
  const AttributeNames = ['ApproximateNumberOfMessages' as const];
  const { Attributes } = await served.client.send(
    new GetQueueAttributesCommand({ QueueUrl: urlOf(name), AttributeNames }),
  );
  return Attributes?.ApproximateNumberOfMessages;
};

describe('SendMessageBatch', () => {
  it('stores up to ten messages and answers for each by its id', async () => {
    const { Successful, Failed } = await send(entries(10));
    expect(Successful?.map(({ Id, MD5OfMessageBody }) => [Id, MD5OfMessageBody])).toEqual(
      Array.from({ length: 10 }, (_, number) => [`e${number}`, '0cc175b9c0f1b6a831c399e269772661']),
    );
    expect(new Set(Successful?.map(({ MessageId }) => MessageId)).size).toBe(10);
    expect(Failed).toBeUndefined();
    expect(await stored()).toBe('10');
  });

  it('refuses the entries that are wrong and stores the others', async () => {
    const { Successful, Failed } = await send([
      { Id: 'good', MessageBody: 'a' },
      { Id: 'late', MessageBody: 'a', DelaySeconds: 901 },
      { Id: 'odd', MessageBody: '\u0000' },
    ]);
    expect(Successful?.map(({ Id }) => Id)).toEqual(['good']);
    expect(Failed).toEqual([
      {
        Id: 'late',
        Code: 'InvalidParameterValue',
        Message: 'Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.',
        SenderFault: true,
      },
      {
        Id: 'odd',
        Code: 'InvalidMessageContents',
        Message: expect.stringMatching(/^Invalid characters/),
        SenderFault: true,
      },
    ]);
    expect(await stored()).toBe('1');
  });

  it('measures each message by the size of the queue, and all together by that of a batch', async () => {
    const fitting = await send(
      [...entries(2, 'b'.repeat(1024)), { Id: 'long', MessageBody: 'b'.repeat(1025) }],
      'small',
    );
    expect(fitting.Successful?.map(({ Id }) => Id)).toEqual(['e0', 'e1']);
    expect(fitting.Failed?.map(({ Id, Message }) => [Id, Message])).toEqual([
      ['long', 'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.'],
    ]);
    expect((await send(entries(2, 'b'.repeat(524_288)))).Successful).toHaveLength(2);
    expect(await refusal(send([...entries(2, 'b'.repeat(524_288)), { Id: 'more', MessageBody: 'b' }]))).toEqual({
      name: 'BatchRequestTooLong',
      message: 'Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.',
      status: 400,
    });
    expect(await stored()).toBe('2');
  });

  it.each<[string, SendMessageBatchRequestEntry[], string, string]>([
    [
      'no entries',
      [],
      'EmptyBatchRequest',
      'There should be at least one SendMessageBatchRequestEntry in the request.',
    ],
    [
      'eleven',
      entries(11),
      'TooManyEntriesInBatchRequest',
      'Maximum number of entries per request are 10. You have sent 11.',
    ],
    ['an id twice', [...entries(1), ...entries(1)], 'BatchEntryIdsNotDistinct', 'Id e0 repeated.'],
    [
      'an id with a colon',
      [{ Id: 'a:b', MessageBody: 'a' }],
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    ],
    [
      'an id of 81 letters',
      [{ Id: 'i'.repeat(81), MessageBody: 'a' }],
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    ],
  ])('refuses %s', async (_what, given, name, message) => {
    expect(await refusal(send(given))).toEqual({ name, message, status: 400 });
    expect(await stored()).toBe('0');
  });
});

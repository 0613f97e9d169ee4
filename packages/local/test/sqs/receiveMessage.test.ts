import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type ReceiveMessageCommandInput,
  type SendMessageCommandInput,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { queue, refusal, serveQueues, START, urlOf, type Served } from './support/queues.ts';

let served: Served;
beforeEach(async () => {
  served = await serveQueues([queue(), queue({ name: 'patient', receiveWaitSeconds: 7 })]);
});
afterEach(() => served.stop());

const send = (MessageBody: string, input: Partial<SendMessageCommandInput> = {}) =>
  served.client.send(new SendMessageCommand({ QueueUrl: urlOf('jobs'), MessageBody, ...input }));

const receive = async (input: Partial<ReceiveMessageCommandInput> = {}, options: { abortSignal?: AbortSignal } = {}) =>
  (await served.client.send(new ReceiveMessageCommand({ QueueUrl: urlOf('jobs'), ...input }), options)).Messages;

const bodies = async (input?: Partial<ReceiveMessageCommandInput>) => (await receive(input))?.map(({ Body }) => Body);

const text = (value: string) => ({ DataType: 'String', StringValue: value });

describe('ReceiveMessage', () => {
  it('gives one message unless asked for more, and hides what it gave', async () => {
    for (const body of ['a', 'b', 'c', 'd']) await send(body);
    expect(await bodies()).toEqual(['a']);
    expect(await bodies({ MaxNumberOfMessages: 2 })).toEqual(['b', 'c']);
    expect(await bodies({ MaxNumberOfMessages: 10 })).toEqual(['d']);
    expect(await receive()).toBeUndefined();
  });

  it('gives a message without attributes when none are asked for', async () => {
    const { MessageId } = await send('msg', { MessageAttributes: { Foo: text('Bar') } });
    expect(await receive()).toEqual([
      {
        MessageId,
        ReceiptHandle: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/),
        MD5OfBody: '6e2baaf3b97dbeef01c0043275f9a0e7',
        Body: 'msg',
      },
    ]);
  });

  it('tells who sent it, when, and how often it was received', async () => {
    const trace = 'Root=1-5759e988-bd862e3fe1be46a994272793';
    await send('msg', { MessageSystemAttributes: { AWSTraceHeader: text(trace) }, MessageGroupId: 'tenant-1' });
    served.clock.advance(5_000);
    await receive({ VisibilityTimeout: 0 });
    served.clock.advance(5_000);
    const [message] = (await receive({ MessageSystemAttributeNames: ['All'] }))!;
    expect(message?.Attributes).toEqual({
      SenderId: '123456789012',
      SentTimestamp: String(START),
      ApproximateFirstReceiveTimestamp: String(START + 5_000),
      ApproximateReceiveCount: '2',
      AWSTraceHeader: trace,
      MessageGroupId: 'tenant-1',
    });
  });

  it('tells only what is asked for, by the older parameter, too', async () => {
    await send('msg');
    const [first] = (await receive({ AttributeNames: ['SentTimestamp' as 'All'], VisibilityTimeout: 0 }))!;
    const [second] = (await receive({ MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SequenceNumber'] }))!;
    expect([first?.Attributes, second?.Attributes]).toEqual([
      { SentTimestamp: String(START) },
      { ApproximateReceiveCount: '2' },
    ]);
  });

  // Recorded from AWS: which names choose which attributes, and the digest of those chosen.
  it.each<[string[], string | undefined, string[]]>([
    [[], undefined, []],
    [['All'], '4c360f3fdafd970e05fae2f149d997f5', ['General', 'Hello', 'Help.Me']],
    [['.*'], '4c360f3fdafd970e05fae2f149d997f5', ['General', 'Hello', 'Help.Me']],
    [['Foo'], undefined, []],
    [['Hello', 'General'], 'fca026605781cb4126a1e9044df24232', ['General', 'Hello']],
    [['Hello', 'Foo'], 'a311262e065454b75da111d535b8dacd', ['Hello']],
    [['Hel.*'], '83fee93c1bcd8b9a5a923ffacdc636c7', ['Hello', 'Help.Me']],
  ])('gives for the names %j the attributes that AWS gives', async (MessageAttributeNames, digest, names) => {
    const MessageAttributes = { Hello: text('There'), General: text('Kenobi'), 'Help.Me': text('Me') };
    await send('msg', { MessageAttributes });
    const [message] = (await receive({ MessageAttributeNames }))!;
    expect(message?.MD5OfMessageAttributes).toBe(digest);
    expect(Object.keys(message?.MessageAttributes ?? {}).sort()).toEqual(names);
  });

  it('gives bytes back as they were sent', async () => {
    const BinaryValue = Uint8Array.of(0, 255, 30, 128);
    await send('msg', { MessageAttributes: { bytes: { DataType: 'Binary.png', BinaryValue } } });
    const [message] = (await receive({ MessageAttributeNames: ['bytes'] }))!;
    expect(message?.MessageAttributes).toEqual({ bytes: { DataType: 'Binary.png', BinaryValue } });
  });

  it.each<[string, Partial<ReceiveMessageCommandInput>, string, string]>([
    ['an unknown queue', { QueueUrl: urlOf('nobody') }, 'QueueDoesNotExist', 'The specified queue does not exist.'],
    [
      'eleven messages',
      { MaxNumberOfMessages: 11 },
      'InvalidParameterValue',
      'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
    ],
    [
      'a wait of 21 seconds',
      { WaitTimeSeconds: 21 },
      'InvalidParameterValue',
      'Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.',
    ],
    [
      'a timeout of more than 12 hours',
      { VisibilityTimeout: 43_201 },
      'InvalidParameterValue',
      'Value 43201 for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and 43200, if provided.',
    ],
    [
      'an unknown attribute',
      { AttributeNames: ['Colour' as 'All'] },
      'InvalidAttributeName',
      'Unknown Attribute Colour.',
    ],
  ])('refuses %s', async (_what, input, name, message) => {
    expect(await refusal(receive(input))).toEqual({ name, message, status: 400 });
  });
});

describe('a long poll', () => {
  it('gets a message that is sent while it waits', async () => {
    const waiting = bodies({ WaitTimeSeconds: 20 });
    await served.timers.waitingFor(20_000);
    await send('late');
    expect(await waiting).toEqual(['late']);
    expect(served.timers.delays()).toEqual([]);
  });

  it('ends without a message when its time is over, which is that of the queue unless it says another', async () => {
    const waiting = receive({ QueueUrl: urlOf('patient') });
    await served.timers.waitingFor(7_000);
    served.timers.fire(7_000);
    expect(await waiting).toBeUndefined();
    expect(await receive({ QueueUrl: urlOf('patient'), WaitTimeSeconds: 0 })).toBeUndefined();
  });

  it('gets a message whose time comes while it waits', async () => {
    await send('delayed', { DelaySeconds: 60 });
    const waiting = bodies({ WaitTimeSeconds: 20 });
    await served.timers.waitingFor(20_000);
    served.clock.advance(59_999);
    served.clock.advance(1);
    expect(await waiting).toEqual(['delayed']);
  });

  it('shares with another: each message goes to one of them', async () => {
    const waiting = [bodies({ WaitTimeSeconds: 20 }), bodies({ WaitTimeSeconds: 19 })];
    await Promise.all([served.timers.waitingFor(20_000), served.timers.waitingFor(19_000)]);
    await send('a');
    await send('b');
    expect((await Promise.all(waiting)).flat().sort()).toEqual(['a', 'b']);
  });

  it('takes nothing once its client has gone', async () => {
    const controller = new AbortController();
    const waiting = receive({ WaitTimeSeconds: 20 }, { abortSignal: controller.signal });
    await served.timers.waitingFor(20_000);
    controller.abort();
    await expect(waiting).rejects.toThrow();
    await served.timers.nothingWaits();
    await send('for another');
    const { Attributes } = await served.client.send(
      new GetQueueAttributesCommand({ QueueUrl: urlOf('jobs'), AttributeNames: ['ApproximateNumberOfMessages'] }),
    );
    expect(Attributes).toEqual({ ApproximateNumberOfMessages: '1' });
  });
});

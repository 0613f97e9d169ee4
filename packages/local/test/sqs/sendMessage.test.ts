import { ReceiveMessageCommand, SendMessageCommand, type SendMessageCommandInput } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queue, refusal, serveQueues, urlOf, type Served } from './support/queues.ts';

let served: Served;
beforeAll(async () => {
  served = await serveQueues([queue(), queue({ name: 'small', maximumMessageBytes: 1024 })]);
});
afterAll(() => served.stop());

const send = (input: Partial<SendMessageCommandInput>) =>
  served.client.send(new SendMessageCommand({ QueueUrl: urlOf('jobs'), MessageBody: 'msg', ...input }));

const text = (value: string) => ({ DataType: 'String', StringValue: value });

describe('SendMessage', () => {
  it('answers with an id and the digest of the body', async () => {
    expect(await send({})).toEqual({
      $metadata: expect.anything(),
      MessageId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      MD5OfMessageBody: '6e2baaf3b97dbeef01c0043275f9a0e7',
    });
  });

  // Digests that AWS answered.
  it.each([
    ['one attribute', { Foo: text('Bar') }, 'ae7155c6026991b6d54b11589678bf9c'],
    [
      'several, in whatever order',
      { Hello: text('There'), General: text('Kenobi'), 'Help.Me': text('Me') },
      '4c360f3fdafd970e05fae2f149d997f5',
    ],
    [
      'a binary one',
      {
        attr1: {
          DataType: 'Binary',
          BinaryValue: Buffer.from('traceparent\x1e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01'),
        },
      },
      '8cbe4db156db8a94db8b801b7addb984',
    ],
  ])('digests %s as AWS does', async (_what, MessageAttributes, digest) => {
    expect((await send({ MessageAttributes })).MD5OfMessageAttributes).toBe(digest);
  });

  it('takes a trace header and digests it by itself', async () => {
    const header = 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1';
    const answer = await send({ MessageSystemAttributes: { AWSTraceHeader: text(header) } });
    expect(answer.MD5OfMessageSystemAttributes).toBe('5f48eef650c1d0207456969c85af2fdd');
    expect(answer.MD5OfMessageAttributes).toBeUndefined();
  });

  it('takes bodies in any script and gives them back', async () => {
    await served.sqs.call('PurgeQueue', { QueueUrl: urlOf('small') }, { arn: 'root' });
    const body = '広場 🌱 \t\r\n<b>&amp;</b> {"a":1}';
    await send({ QueueUrl: urlOf('small'), MessageBody: body });
    const { Messages } = await served.client.send(new ReceiveMessageCommand({ QueueUrl: urlOf('small') }));
    expect(Messages?.[0]?.Body).toBe(body);
  });

  it('counts body, names, types and values against the size of the queue', async () => {
    const MessageAttributes = { Foo: text('x'.repeat(15)) };
    const fits = { QueueUrl: urlOf('small'), MessageBody: 'b'.repeat(1024 - 3 - 6 - 15), MessageAttributes };
    expect((await send(fits)).MessageId).toBeDefined();
    expect(await refusal(send({ ...fits, MessageBody: `${fits.MessageBody}b` }))).toEqual({
      name: 'InvalidParameterValue',
      message: 'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.',
      status: 400,
    });
  });

  it.each<[string, Partial<SendMessageCommandInput>, string, string]>([
    ['an unknown queue', { QueueUrl: urlOf('nobody') }, 'QueueDoesNotExist', 'The specified queue does not exist.'],
    [
      'a queue of another account',
      { QueueUrl: 'http://localhost:4001/210987654321/jobs' },
      'QueueDoesNotExist',
      'The specified queue does not exist.',
    ],
    ['an empty body', { MessageBody: '' }, 'MissingParameter', 'The request must contain the parameter MessageBody.'],
    [
      'a control character',
      { MessageBody: 'a\u0001b' },
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    ],
    [
      'a long delay',
      { DelaySeconds: 901 },
      'InvalidParameterValue',
      'Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.',
    ],
    [
      'what only FIFO queues take',
      { MessageDeduplicationId: 'd' },
      'InvalidParameterValue',
      'Value d for parameter MessageDeduplicationId is invalid. Reason: The request include parameter that is not valid for this queue type.',
    ],
    [
      'an empty attribute',
      { MessageAttributes: { ErrorDetails: text('') } },
      'InvalidParameterValue',
      "Message (user) attribute 'ErrorDetails' must contain a non-empty value of type 'String'.",
    ],
    [
      'a number that is none',
      { MessageAttributes: { n: { DataType: 'Number', StringValue: 'twelve' } } },
      'InvalidParameterValue',
      "Can't cast the value of message (user) attribute 'n' to a number.",
    ],
    [
      'an unknown type',
      { MessageAttributes: { n: { DataType: 'Float', StringValue: '1' } } },
      'InvalidParameterValue',
      "The type of message (user) attribute 'n' is invalid. You must use only the following supported type prefixes: Binary, Number, and String.",
    ],
    [
      'a reserved name',
      { MessageAttributes: { 'AWS.x': text('1') } },
      'InvalidParameterValue',
      "Invalid message attribute name 'AWS.x'.",
    ],
    [
      'eleven attributes',
      { MessageAttributes: Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`a${n}`, text('1')])) },
      'InvalidParameterValue',
      'Number of message attributes [11] exceeds the allowed maximum [10].',
    ],
    [
      'a list as value',
      { MessageAttributes: { l: { DataType: 'String', StringListValues: ['a'] } } },
      'UnsupportedOperation',
      'Message attribute list values in SendMessage operation are not supported.',
    ],
    [
      'a trace header without a form',
      { MessageSystemAttributes: { AWSTraceHeader: text('trace') } },
      'InvalidParameterValue',
      "The message system attribute 'AWSTraceHeader' must have a properly formatted value.",
    ],
  ])('refuses %s', async (_what, input, name, message) => {
    expect(await refusal(send(input))).toEqual({ name, message, status: 400 });
  });
});

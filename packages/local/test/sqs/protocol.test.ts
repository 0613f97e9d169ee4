import { afterEach, describe, expect, it } from 'vitest';
import { READER, sendSigned } from '../aws/support.ts';
import { arnOf, serveQueues, urlOf, withDeadLetters, type Served } from './support/queues.ts';

let served: Served;
afterEach(() => served.stop());

const post = (operation: string, body: object | string) =>
  sendSigned(
    served.port.port,
    {
      headers: { 'x-amz-target': `AmazonSQS.${operation}`, 'content-type': 'application/x-amz-json-1.0' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    },
    { service: 'sqs' },
  );

describe('the JSON protocol of SQS', () => {
  it('tells an error by its name and, in a header, by the name that the Query protocol had for it', async () => {
    served = await serveQueues();
    const { status, headers, text } = await post('PurgeQueue', { QueueUrl: urlOf('nobody') });
    expect(status).toBe(400);
    expect(headers['content-type']).toBe('application/x-amz-json-1.0');
    expect(headers['x-amzn-query-error']).toBe('AWS.SimpleQueueService.NonExistentQueue;Sender');
    expect(JSON.parse(text)).toEqual({
      __type: 'com.amazonaws.sqs#QueueDoesNotExist',
      message: 'The specified queue does not exist.',
    });
  });

  it('names parameters as AWS’s front end does', async () => {
    served = await serveQueues();
    const { headers, text } = await post('ReceiveMessage', { QueueUrl: urlOf('jobs'), MaxNumberOfMessages: 0 });
    expect(headers['x-amzn-query-error']).toBe('InvalidParameterValue;Sender');
    expect(JSON.parse(text)).toEqual({
      __type: 'com.amazon.coral.service#InvalidParameterValueException',
      message: 'Value 0 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
    });
  });

  it.each([
    ['a text for a number', { QueueUrl: urlOf('jobs'), MaxNumberOfMessages: '3' }, 'SerializationException'],
    ['a map for a text', { QueueUrl: { toString: 1 } }, 'SerializationException'],
    ['a text for a list', { QueueUrl: urlOf('jobs'), AttributeNames: 'All' }, 'SerializationException'],
    ['no queue', {}, 'MissingRequiredParameterException'],
    ['what is no JSON', '{', 'SerializationException'],
  ])('refuses %s', async (_what, body, type) => {
    served = await serveQueues();
    const { status, text } = await post('ReceiveMessage', body);
    expect([status, (JSON.parse(text) as { __type: string }).__type]).toEqual([
      400,
      `com.amazon.coral.service#${type}`,
    ]);
    expect(served.port.defects).toEqual([]);
  });

  it('refuses a half of a surrogate pair', async () => {
    served = await serveQueues();
    const { text } = await post('SendMessage', `{"QueueUrl":"${urlOf('jobs')}","MessageBody":"a\\ud800"}`);
    expect((JSON.parse(text) as { __type: string }).__type).toBe('com.amazonaws.sqs#InvalidMessageContents');
  });
});

describe('what IAM is asked', () => {
  it.each<[string, object, string[]]>([
    ['SendMessage', { QueueUrl: urlOf('jobs') }, ['sqs:SendMessage jobs']],
    ['SendMessageBatch', { QueueUrl: urlOf('jobs') }, ['sqs:SendMessage jobs']],
    ['ReceiveMessage', { QueueUrl: urlOf('jobs') }, ['sqs:ReceiveMessage jobs']],
    ['DeleteMessageBatch', { QueueUrl: urlOf('jobs') }, ['sqs:DeleteMessage jobs']],
    ['ChangeMessageVisibilityBatch', { QueueUrl: urlOf('jobs') }, ['sqs:ChangeMessageVisibility jobs']],
    ['GetQueueUrl', { QueueName: 'jobs' }, ['sqs:GetQueueUrl jobs']],
    ['PurgeQueue', { QueueUrl: 'https://elsewhere/123456789012/*' }, ['sqs:PurgeQueue unknown']],
    [
      'StartMessageMoveTask',
      { SourceArn: arnOf('dead') },
      [
        'sqs:StartMessageMoveTask dead',
        'sqs:ReceiveMessage dead',
        'sqs:DeleteMessage dead',
        'sqs:GetQueueAttributes dead',
        'sqs:SendMessage jobs',
      ],
    ],
    ['ListMessageMoveTasks', { SourceArn: arnOf('dead') }, ['sqs:ListMessageMoveTasks dead']],
    ['CancelMessageMoveTask', { TaskHandle: 'x' }, ['sqs:CancelMessageMoveTask unknown']],
  ])('for %s of %j is the action of the single operation on the queue', async (operation, input, asked) => {
    served = await serveQueues(withDeadLetters(1));
    const access = served.sqs.access(operation, input as Record<string, string>);
    expect(access.map(({ action, resource }) => `${action} ${resource.split(':').at(-1)}`)).toEqual(asked);
  });

  it('for the list of queues is about no queue', async () => {
    served = await serveQueues();
    expect(served.sqs.access('ListQueues', {})).toEqual([{ action: 'sqs:ListQueues', resource: '*' }]);
  });

  it('is decided before the call, and a refusal has the old name, too', async () => {
    served = await serveQueues(undefined, { denied: ['sqs:PurgeQueue'] });
    const { headers, text } = await post('PurgeQueue', { QueueUrl: urlOf('jobs') });
    expect(headers['x-amzn-query-error']).toBe('AccessDenied;Sender');
    expect((JSON.parse(text) as { __type: string }).__type).toBe('com.amazon.coral.service#AccessDeniedException');
  });
});

describe('a service in this process', () => {
  const trace = 'Root=1-5759e988-bd862e3fe1be46a994272793';

  it('sends as a role, judged, and the message says which', async () => {
    served = await serveQueues();
    const attributes = { kind: { DataType: 'String', StringValue: 'photo' } };
    const message = { body: 'hello', attributes, traceHeader: trace };
    const { messageId } = await served.sqs.send(arnOf('jobs'), message, { principal: READER });
    expect(served.asked).toEqual([{ action: 'sqs:SendMessage', resource: arnOf('jobs'), principal: READER.arn }]);
    const [received] = served.sqs.source(arnOf('jobs')).receive({ maximumMessages: 1, maximumBytes: 1_000 });
    expect(received).toMatchObject({
      messageId,
      body: 'hello',
      attributes,
      traceHeader: trace,
      senderId: 'AROAABCDEFGHIJKLMNOPQ:reader',
    });
  });

  it('sends as itself, with what it tells of where the call comes from', async () => {
    served = await serveQueues();
    const principal = { arn: 's3.amazonaws.com' };
    const context = { 'aws:SourceArn': 'arn:aws:s3:::photos' };
    await served.sqs.send(arnOf('jobs'), { body: '{}', delaySeconds: 5 }, { principal, context });
    expect(served.asked[0]?.context).toEqual(context);
    served.denied.add('sqs:SendMessage');
    await expect(served.sqs.send(arnOf('jobs'), { body: '{}' }, { principal })).rejects.toThrow('no sqs:SendMessage');
    await expect(served.sqs.send(arnOf('jobs'), { body: '{}' }, { principal })).rejects.toMatchObject({
      code: 'AccessDeniedException',
    });
  });

  it('is refused what SendMessage refuses', async () => {
    served = await serveQueues();
    const { sqs } = served;
    const principal = READER;
    await expect(sqs.send(arnOf('nobody'), { body: 'a' }, { principal })).rejects.toMatchObject({
      code: 'QueueDoesNotExist',
    });
    await expect(sqs.send(arnOf('jobs'), { body: 'x'.repeat(262_145) }, { principal })).rejects.toThrow(
      'Message must be shorter than 262144 bytes.',
    );
  });

  it('takes no more than it has room for, but always one', async () => {
    served = await serveQueues();
    for (const body of ['a'.repeat(10), 'b'.repeat(10), 'c'.repeat(10)]) {
      await served.sqs.send(arnOf('jobs'), { body }, { principal: READER });
    }
    const source = served.sqs.source(arnOf('jobs'));
    expect(source.countVisible(2)).toBe(2);
    expect(source.receive({ maximumMessages: 10, maximumBytes: 20 }).map(({ body }) => body[0])).toEqual(['a', 'b']);
    const rest = source.receive({ maximumMessages: 10, maximumBytes: 1 });
    expect(rest.map(({ body }) => body[0])).toEqual(['c']);
    source.remove(rest);
    expect(source.hasVisible()).toBe(false);
  });
});

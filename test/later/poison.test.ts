import {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { lambdaFunctions } from '../../infra/functions.ts';
import { isLocal, settled } from '../support/aws.ts';
import { target } from '../support/target.ts';

const { region, awsEndpoint: endpoint, accessKeyId, secretAccessKey } = target;
const sqs = new SQSClient({ region, endpoint, credentials: { accessKeyId, secretAccessKey } });

const workers = Object.entries(lambdaFunctions).flatMap(([name, spec]) => ('queue' in spec ? [name] : []));

async function urlOf(name: string): Promise<string | undefined> {
  return (await sqs.send(new GetQueueUrlCommand({ QueueName: `hiroba-dev-${name}` }))).QueueUrl;
}

// On AWS somebody would be told of it.
describe.runIf(isLocal)('a message that nobody can make anything of', () => {
  it('there are queues', () => expect(workers.length).toBeGreaterThan(7));

  it.each(workers)('is given up at once by %s, with the reason', async (worker) => {
    const MessageBody = JSON.stringify({ kind: 'nonsense' });
    await sqs.send(new SendMessageCommand({ QueueUrl: await urlOf(worker), MessageBody }));
    await settled();

    const QueueUrl = await urlOf(`${worker}-dead`);
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
    );
    const found = Messages.find(({ Body }) => Body === MessageBody);
    expect(found?.MessageAttributes?.['reason']?.StringValue).toMatch(/^MalformedMessage: /);
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: found?.ReceiptHandle }));
  });
});

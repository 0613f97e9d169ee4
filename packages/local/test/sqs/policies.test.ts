import { afterEach, describe, expect, it } from 'vitest';
import { createIam, type IamDefinition } from '../../src/services/iam/index.ts';
import { ACCOUNT, arnOf, openQueues, type Queues } from './support/queues.ts';

const BUCKET = 'arn:aws:s3:::photos';
const ROLE = { arn: 'arn:aws:iam::123456789012:role/uploads', address: 'api.aws_iam_role.uploads' };

/** The queue lets S3 send for one bucket, and the role for nothing. */
const policy = (statement: object): IamDefinition => ({
  roles: [
    {
      arn: ROLE.arn,
      name: 'uploads',
      address: ROLE.address,
      trustPolicy: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
      policies: [],
    },
  ],
  resourcePolicies: [
    {
      resourceArn: arnOf('jobs'),
      address: 'api.aws_sqs_queue_policy.jobs',
      document: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Resource: arnOf('jobs'), ...statement }],
      }),
    },
  ],
});

const FROM_BUCKET = {
  Principal: { Service: 's3.amazonaws.com' },
  Action: 'sqs:SendMessage',
  Condition: { ArnEquals: { 'aws:SourceArn': BUCKET }, StringEquals: { 'aws:SourceAccount': '123456789012' } },
};

let queues: Queues;
afterEach(() => queues.close());

async function guarded(statement: object): Promise<Queues['sqs']> {
  const iam = createIam({ account: ACCOUNT });
  await iam.replace(policy(statement));
  queues = openQueues(undefined, { authorizer: iam });
  return queues.sqs;
}

const s3 = (bucket: string) => ({
  principal: { arn: 's3.amazonaws.com' },
  context: { 'aws:SourceArn': bucket, 'aws:SourceAccount': '123456789012' },
});

describe("a queue's own policy", () => {
  it('lets a service send on the conditions that it names', async () => {
    const sqs = await guarded(FROM_BUCKET);
    await sqs.send(arnOf('jobs'), { body: '{"Records":[]}' }, s3(BUCKET));
    expect(sqs.source(arnOf('jobs')).countVisible(9)).toBe(1);
  });

  it('keeps out the same service for another bucket, and another service', async () => {
    const sqs = await guarded(FROM_BUCKET);
    const refused = [s3('arn:aws:s3:::others'), { ...s3(BUCKET), principal: { arn: 'scheduler.amazonaws.com' } }];
    for (const sender of refused) {
      await expect(sqs.send(arnOf('jobs'), { body: '{}' }, sender)).rejects.toThrow(
        `${sender.principal.arn} is not authorized to perform: sqs:SendMessage on resource: ${arnOf('jobs')} because no resource-based policy allows the sqs:SendMessage action`,
      );
    }
    expect(sqs.source(arnOf('jobs')).hasVisible()).toBe(false);
  });

  it('may write its actions as SQS’s console does, and let in a role that has no policy', async () => {
    const sqs = await guarded({ Principal: { AWS: ROLE.arn }, Action: 'SQS:SendMessage' });
    await sqs.send(arnOf('jobs'), { body: '{}' }, { principal: ROLE });
    expect(sqs.source(arnOf('jobs')).countVisible(9)).toBe(1);
  });

  it('does not let in a role that it does not name', async () => {
    const sqs = await guarded(FROM_BUCKET);
    await expect(sqs.send(arnOf('jobs'), { body: '{}' }, { principal: ROLE })).rejects.toThrow(
      'assumed-role/uploads is not authorized to perform: sqs:SendMessage',
    );
  });
});

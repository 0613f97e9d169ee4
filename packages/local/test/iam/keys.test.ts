import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { account, iamWith, outcomeOf, policy, role, root, table } from './support.ts';

// https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html

const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/own';
const QUEUE = 'arn:aws:sqs:eu-west-1:123456789012:mail';
const ACCOUNT = { Effect: 'Allow', Principal: { AWS: root.arn }, Action: 'kms:*', Resource: '*' };
const allow = (...actions: string[]): JsonObject => ({ Effect: 'Allow', Action: actions, Resource: '*' });

/** A table and a queue with a key of the account's own, and a role with these permissions. */
const encrypted = (actions: readonly string[], keyStatements: readonly JsonObject[] = [ACCOUNT]) =>
  iamWith({
    roles: [role('worker', [allow(...actions)])],
    resourcePolicies: [
      { resourceArn: KEY, address: 'aws_kms_key.own.policy', document: policy(...keyStatements) },
      {
        resourceArn: QUEUE,
        address: 'aws_sqs_queue_policy.mail',
        document: policy({
          Effect: 'Allow',
          Principal: { Service: 's3.amazonaws.com' },
          Action: 'sqs:*',
          Resource: '*',
        }),
      },
    ],
    encrypted: [table('readings'), QUEUE].map((resourceArn) => ({ resourceArn, keyArn: KEY })),
  });

describe('what is encrypted with a key of the account', () => {
  test.each([
    ['dynamodb:GetItem', table('readings'), 'kms:Decrypt'],
    ['dynamodb:Query', table('readings/index/byDay'), 'kms:Decrypt'],
    ['dynamodb:PutItem', table('readings'), 'kms:Decrypt'],
    ['sqs:SendMessage', QUEUE, 'kms:GenerateDataKey'],
    ['sqs:ReceiveMessage', QUEUE, 'kms:Decrypt'],
  ])('%s on %s asks for %s', async (action, resource, ofKey) => {
    const without = await encrypted([action]);
    expect(await outcomeOf(without, 'worker', { action, resource })).toContain(`not authorized to perform: ${ofKey}`);
    const withKey = await encrypted([action, 'kms:Decrypt', 'kms:GenerateDataKey']);
    expect(await outcomeOf(withKey, 'worker', { action, resource })).toBe('allowed');
  });

  test('a key alone gives nobody the resource', async () => {
    const iam = await encrypted(['kms:*']);
    const message = await outcomeOf(iam, 'worker', { action: 'sqs:ReceiveMessage', resource: QUEUE });
    expect(message).toContain('not authorized to perform: sqs:ReceiveMessage');
  });

  test('what needs no key is not asked for one', async () => {
    const iam = await encrypted(['sqs:DeleteMessage', 'dynamodb:DescribeTable']);
    const describe = { action: 'dynamodb:DescribeTable', resource: table('readings') };
    expect(await outcomeOf(iam, 'worker', describe)).toBe('allowed');
    expect(await outcomeOf(iam, 'worker', { action: 'sqs:DeleteMessage', resource: QUEUE })).toBe('allowed');
  });

  test('the key is asked for by way of the service', async () => {
    const via = { Condition: { StringEquals: { 'kms:ViaService': 'sqs.eu-west-1.amazonaws.com' } } };
    const iam = await iamWith({
      roles: [role('worker', [allow('sqs:ReceiveMessage', 'dynamodb:GetItem'), { ...allow('kms:Decrypt'), ...via }])],
      resourcePolicies: [{ resourceArn: KEY, address: 'aws_kms_key.own.policy', document: policy(ACCOUNT) }],
      encrypted: [table('readings'), QUEUE].map((resourceArn) => ({ resourceArn, keyArn: KEY })),
    });
    expect(await outcomeOf(iam, 'worker', { action: 'sqs:ReceiveMessage', resource: QUEUE })).toBe('allowed');
    const read = { action: 'dynamodb:GetItem', resource: table('readings') };
    expect(await outcomeOf(iam, 'worker', read)).toContain('not authorized to perform: kms:Decrypt');
  });

  test("a key's policy can keep out whom the role lets in", async () => {
    const deny = { Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' };
    const iam = await encrypted(['sqs:ReceiveMessage', 'kms:Decrypt'], [ACCOUNT, deny]);
    const message = await outcomeOf(iam, 'worker', { action: 'sqs:ReceiveMessage', resource: QUEUE });
    expect(message).toContain('not authorized to perform: kms:Decrypt');
  });

  test('a service gets in by the policy of the key, and by its conditions', async () => {
    const of = (SourceAccount: string): JsonObject => ({
      Effect: 'Allow',
      Principal: { Service: 's3.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: '*',
      Condition: { StringEquals: { 'aws:SourceAccount': SourceAccount } },
    });
    const context = { 'aws:SourceAccount': account.accountId };
    const send = { action: 'sqs:SendMessage', resource: QUEUE, context };
    const outcomes = [];
    for (const statements of [[ACCOUNT], [ACCOUNT, of(account.accountId)], [ACCOUNT, of('999999999999')]]) {
      const outcome = await outcomeOf(await encrypted([], statements), 's3.amazonaws.com', send);
      outcomes.push(outcome === 'allowed' ? outcome : 'refused');
    }
    expect(outcomes).toEqual(['refused', 'allowed', 'refused']);
  });
});

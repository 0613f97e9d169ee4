import { Construct, KmsAlias, KmsKey } from '../aws.ts';
import { accountPrincipal, policy } from '../iamPolicy.ts';
import type { Stack } from '../stacks/stack.ts';

/** A service that uses the key on its own, not on behalf of a role that may. */
interface ServiceUse {
  readonly service: string | readonly string[];
  readonly actions: readonly string[];
  readonly condition: object;
}

/**
 * The key of tables, buckets and queues. Roles are let in by their own policies; CloudFront, which has no role, reads
 * objects for the distributions of this account, and S3 sends messages.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export function dataKey(stack: Stack): KmsKey {
  return encryptionKey(stack, 'data', [
    {
      service: 'cloudfront.amazonaws.com',
      actions: ['kms:Decrypt'],
      condition: { StringLike: { 'aws:SourceArn': `arn:aws:cloudfront::${stack.accountId}:distribution/*` } },
    },
    // S3 tells queues of what arrives. https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
    {
      service: 's3.amazonaws.com',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      condition: { StringEquals: { 'aws:SourceAccount': stack.accountId } },
    },
  ]);
}

/**
 * The key of log groups, for this account's groups only.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function logKey(stack: Stack): KmsKey {
  const { region } = stack.config;
  const groups = `arn:aws:logs:${region}:${stack.accountId}:log-group:*`;
  return encryptionKey(stack, 'log_groups', [
    {
      service: `logs.${region}.amazonaws.com`,
      actions: [
        'kms:Decrypt',
        'kms:DescribeKey',
        'kms:Encrypt',
        'kms:GenerateDataKey',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
      ],
      condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': groups } },
    },
  ]);
}

/**
 * The key of what tells operators: topics, that CloudWatch and Budgets write to, and the records of CloudTrail.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
export function operationsKey(stack: Stack): KmsKey {
  return encryptionKey(stack, 'operations', [
    {
      service: ['budgets.amazonaws.com', 'cloudtrail.amazonaws.com', 'cloudwatch.amazonaws.com'],
      actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
      condition: { StringEquals: { 'aws:SourceAccount': stack.accountId } },
    },
  ]);
}

function encryptionKey(stack: Stack, id: string, uses: readonly ServiceUse[]): KmsKey {
  const scope = new Construct(stack.group('encryption keys'), id);
  const name = stack.named(id.replace('_', '-'));
  const key = new KmsKey(scope, 'resource', {
    description: name,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: policy([
      // Without it nobody could change the key, not even the account's administrators.
      { Sid: 'Account', Effect: 'Allow', Principal: accountPrincipal(stack.accountId), Action: 'kms:*', Resource: '*' },
      ...uses.map(({ service, actions, condition }) => ({
        Effect: 'Allow',
        Principal: { Service: service },
        Action: actions,
        Resource: '*',
        Condition: condition,
      })),
    ]),
    lifecycle: stack.lifecycle(),
  });
  new KmsAlias(scope, 'alias', { name: `alias/${name}`, targetKeyId: key.keyId });
  return key;
}

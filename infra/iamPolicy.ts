import type { BucketGrant, BucketKey } from './buckets.ts';
import type { Grant } from './dataSourceTable.ts';
import type { TableKey } from './tables.ts';

/** One `Allow` statement: exact actions on exact resources. */
export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: object;
}

/** The JSON of a policy that allows these statements and nothing else. */
export function allow(statements: readonly Statement[]): string {
  return policy(
    statements.map(({ actions, resources, condition }) => ({
      Effect: 'Allow',
      Action: actions,
      Resource: resources,
      ...(condition ? { Condition: condition } : {}),
    })),
  );
}

/** What a grant of `infra` means to IAM: the table itself unless `base` is false, and each index by its own ARN, for reading. */
export function tableStatements(
  { table, actions, indexes = [], base = true }: Grant<string>,
  arns: Readonly<Record<TableKey, string>>,
): Statement[] {
  const arn = arns[table];
  const onTable = { actions: actions.map((action) => `dynamodb:${action}`), resources: [arn] };
  const onIndexes = {
    actions: onTable.actions.filter((action) => READS_OF_INDEXES.has(action)),
    resources: indexes.map((index) => `${arn}/index/${index}`),
  };
  return [...(base ? [onTable] : []), ...(indexes.length > 0 ? [onIndexes] : [])];
}

/** All that an index can be asked. */
const READS_OF_INDEXES: ReadonlySet<string> = new Set(['dynamodb:Query', 'dynamodb:Scan']);

/** Listing is a right on the bucket, for names that begin with the prefix; the others are rights on objects. */
export function bucketStatements(
  { bucket, actions, prefix = '' }: BucketGrant,
  arns: Readonly<Record<BucketKey, string>>,
): Statement[] {
  const onObjects = actions.filter((action) => action !== 'ListBucket').map((action) => `s3:${action}`);
  return [
    ...(onObjects.length > 0 ? [{ actions: onObjects, resources: [`${arns[bucket]}/${prefix}*`] }] : []),
    ...(actions.includes('ListBucket')
      ? [
          {
            actions: ['s3:ListBucket'],
            resources: [arns[bucket]],
            ...(prefix === '' ? {} : { condition: { StringLike: { 's3:prefix': `${prefix}*` } } }),
          },
        ]
      : []),
  ];
}

/** On whose behalf a service may assume a role. */
export interface TrustCondition {
  readonly accountId: string;
  /** Absent where the resource exists only after the role. */
  readonly sourceArn?: string;
  /** What the service says as well, because this very resource was told to. */
  readonly externalId?: string;
}

/**
 * Who may assume a role: one service, and only on behalf of this account, so that another customer of that service
 * cannot use the role. https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 * Lambda takes no condition: it does not say for whom it assumes a role, and `iam:PassRole` guards who may hand it one.
 */
export function trust(service: `${string}.amazonaws.com`, condition?: TrustCondition): string {
  const conditions = condition && {
    StringEquals: {
      'aws:SourceAccount': condition.accountId,
      ...(condition.externalId ? { 'sts:ExternalId': condition.externalId } : {}),
    },
    ...(condition.sourceArn ? { ArnEquals: { 'aws:SourceArn': condition.sourceArn } } : {}),
  };
  const statement = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
  return policy([conditions ? { ...statement, Condition: conditions } : statement]);
}

export type IdentityType = 'authenticated' | 'unauthenticated';

/**
 * Identities of one pool, and of one kind. Without the pool's id in it everybody could make a pool that lets itself in.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html
 */
export function trustIdentities(identityPoolId: string, type: IdentityType): string {
  return policy([
    {
      Effect: 'Allow',
      Principal: { Federated: 'cognito-identity.amazonaws.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: { 'cognito-identity.amazonaws.com:aud': identityPoolId },
        'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': type },
      },
    },
  ]);
}

/** An account's administrators and, by their own policies, its roles. */
export function accountPrincipal(accountId: string): { readonly AWS: string } {
  return { AWS: `arn:aws:iam::${accountId}:root` };
}

/**
 * What a role needs to read and write what is encrypted with this key: DynamoDB and SQS ask KMS on the caller's behalf.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
export function keyStatement(keyArn: string): Statement {
  return {
    actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
    resources: [keyArn],
  };
}

/** A policy document. */
export function policy(statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

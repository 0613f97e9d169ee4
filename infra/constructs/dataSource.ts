import { AppsyncDatasource, type AppsyncGraphqlApi, Construct, IamRole, IamRolePolicy, type KmsKey } from '../aws.ts';
import type { BucketKey } from '../buckets.ts';
import type { DataSourceSpec } from '../dataSourceTable.ts';
import { allow, bucketStatements, keyStatement, type Statement, tableStatements, trust } from '../iamPolicy.ts';
import type { Stack } from '../stacks/stack.ts';
import type { TableKey } from '../tables.ts';

export interface DataSourceContext {
  readonly api: AppsyncGraphqlApi;
  readonly tableArns: Readonly<Record<TableKey, string>>;
  readonly buckets: Readonly<Record<BucketKey, { readonly arn: string; readonly bucketRegionalDomainName: string }>>;
  /** What calls the function of that key: itself or its version in use. */
  readonly functionArn: (key: string) => string;
  /** Of the tables and buckets. */
  readonly key: KmsKey | undefined;
}

type Acting = Exclude<DataSourceSpec, { readonly type: 'none' }>;

/** A data source of the API and the role it acts with, which may do what its row grants and nothing more. */
export function dataSource(
  stack: Stack,
  key: string,
  spec: DataSourceSpec,
  context: DataSourceContext,
): AppsyncDatasource {
  const scope = new Construct(stack.group('data sources'), key);
  const apiId = context.api.id;
  if (spec.type === 'none') return new AppsyncDatasource(scope, 'resource', { apiId, name: key, type: 'NONE' });
  const role = new IamRole(scope, 'role', {
    name: stack.named(`data-source-${key}`),
    assumeRolePolicy: trust('appsync.amazonaws.com', { accountId: stack.accountId, sourceArn: context.api.arn }),
  });
  new IamRolePolicy(scope, 'policy', {
    name: POLICY_NAMES[spec.type],
    role: role.name,
    policy: allow(rights(spec, context)),
  });
  return new AppsyncDatasource(scope, 'resource', {
    apiId,
    name: key,
    serviceRoleArn: role.arn,
    ...settings(stack, spec, context),
  });
}

const POLICY_NAMES: Readonly<Record<Acting['type'], string>> = { dynamodb: 'tables', lambda: 'function', s3: 'bucket' };

function rights(spec: Acting, context: DataSourceContext): Statement[] {
  if (spec.type === 'lambda') {
    return [{ actions: ['lambda:InvokeFunction'], resources: [context.functionArn(spec.function)] }];
  }
  const keyRights = context.key ? [keyStatement(context.key.arn)] : [];
  if (spec.type === 's3') {
    const { bucket, prefix } = spec;
    const arns = { [bucket]: context.buckets[bucket].arn } as Record<BucketKey, string>;
    // Who may not list is told of a missing object as of a missing right, by 403.
    const actions = ['GetObject', 'ListBucket'] as const;
    return [...bucketStatements({ bucket, actions, ...(prefix ? { prefix } : {}) }, arns), ...keyRights];
  }
  return [...spec.grants.flatMap((grant) => tableStatements(grant, context.tableArns)), ...keyRights];
}

function settings(stack: Stack, spec: Acting, context: DataSourceContext) {
  const { region } = stack.config;
  switch (spec.type) {
    case 'dynamodb':
      return { type: 'AMAZON_DYNAMODB', dynamodbConfig: { tableName: stack.named(spec.table), region } };
    case 'lambda':
      return { type: 'AWS_LAMBDA', lambdaConfig: { functionArn: context.functionArn(spec.function) } };
    case 's3':
      return {
        type: 'HTTP',
        httpConfig: {
          endpoint: `https://${context.buckets[spec.bucket].bucketRegionalDomainName}`,
          authorizationConfig: {
            authorizationType: 'AWS_IAM',
            awsIamConfig: { signingRegion: region, signingServiceName: 's3' },
          },
        },
      };
  }
}

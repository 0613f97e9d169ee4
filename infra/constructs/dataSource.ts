import { AppsyncDatasource, type AppsyncGraphqlApi, Construct, IamRole, IamRolePolicy, type KmsKey } from '../aws.ts';
import type { DataSourceSpec } from '../dataSourceTable.ts';
import { allow, keyStatement, tableStatement, trust } from '../iamPolicy.ts';
import type { Stack } from '../stacks/stack.ts';
import type { TableKey } from '../tables.ts';

export interface DataSourceContext {
  readonly api: AppsyncGraphqlApi;
  readonly tableArns: Readonly<Record<TableKey, string>>;
  /** Of the tables. */
  readonly key: KmsKey | undefined;
}

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
  const statements = [
    ...spec.grants.map((grant) => tableStatement(grant, context.tableArns)),
    ...(context.key ? [keyStatement(context.key.arn)] : []),
  ];
  new IamRolePolicy(scope, 'policy', { name: 'tables', role: role.name, policy: allow(statements) });
  return new AppsyncDatasource(scope, 'resource', {
    apiId,
    name: key,
    type: 'AMAZON_DYNAMODB',
    serviceRoleArn: role.arn,
    dynamodbConfig: { tableName: stack.named(spec.table), region: stack.config.region },
  });
}

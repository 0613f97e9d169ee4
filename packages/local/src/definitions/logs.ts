import { argumentsOf, type ResolvedResource } from '../resources/resourceType.ts';
import type { LogGroupDefinition } from '../services/logs/index.ts';
import type { Principal } from '../aws/service.ts';
import { principalOfRole } from './principals.ts';
import type { ResourceSet } from './resourceSet.ts';

export function logGroupDefinitions(resources: ResourceSet): LogGroupDefinition[] {
  return resources.ofType('aws_cloudwatch_log_group').map(logGroup);
}

function logGroup(resource: ResolvedResource): LogGroupDefinition {
  const days = argumentsOf(resource).number('retention_in_days', 0);
  return {
    name: argumentsOf(resource).string('name'),
    arn: String(resource.attributes['arn']),
    address: resource.address,
    retentionDays: days === 0 ? null : days,
  };
}

/** Where the GraphQL API writes its log, and as whom; null when it writes none. */
export interface RequestLog {
  readonly apiId: string;
  readonly group: string;
  readonly principal: Principal;
}

export function requestLog(resources: ResourceSet): RequestLog | null {
  const [api] = resources.ofType('aws_appsync_graphql_api');
  const config = api && argumentsOf(api).block('log_config');
  if (!api || config === undefined) return null;
  const role = argumentsOf({ ...api, args: config }).string('cloudwatch_logs_role_arn');
  const apiId = String(api.attributes['id']);
  const from = `${api.address}.log_config.cloudwatch_logs_role_arn`;
  return { apiId, group: `/aws/appsync/apis/${apiId}`, principal: principalOfRole(resources, role, from) };
}

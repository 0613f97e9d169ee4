import type { JsonObject } from '../json.ts';
import { type AttributeContext, ConfigurationError, type DeclaredResource } from './resourceType.ts';

/** `data` blocks by type. Policy documents are written as JSON by the programs read here, so that type is not among them. */
const dataTypes: Readonly<Record<string, (context: AttributeContext) => JsonObject>> = {
  aws_caller_identity: ({ account }) => ({
    id: account.accountId,
    account_id: account.accountId,
    arn: `arn:aws:iam::${account.accountId}:root`,
    user_id: account.accountId,
  }),
  aws_partition: () => ({
    id: 'aws',
    partition: 'aws',
    dns_suffix: 'amazonaws.com',
    reverse_dns_prefix: 'com.amazonaws',
  }),
  aws_region: ({ account }) => ({ id: account.region, name: account.region, region: account.region }),
};

export function dataAttributes(data: DeclaredResource, context: AttributeContext): JsonObject {
  const compute = dataTypes[data.type];
  if (!compute) throw new ConfigurationError(`data.${data.type} (${data.address}) is not emulated by @hiroba/local`);
  return compute(context);
}

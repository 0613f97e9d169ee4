import type { JsonObject } from '../json.ts';
import { argumentsOf, type AttributeContext, type DeclaredResource } from './resourceType.ts';

export function queueAttributes(
  resource: DeclaredResource,
  { account, makeId, endpoints }: AttributeContext,
): JsonObject {
  const read = argumentsOf(resource);
  const prefix = read.optionalString('name_prefix') ?? 'terraform-';
  const name = read.optionalString('name') ?? `${prefix}${makeId(resource.address, 26)}`;
  const url = `${endpoints.aws}/${account.accountId}/${name}`;
  return { id: url, name, url, arn: `arn:aws:sqs:${account.region}:${account.accountId}:${name}` };
}

/** `aws_sqs_queue_policy` and `aws_sqs_queue_redrive_allow_policy` have the id of their queue. */
export function ofQueueAttributes(resource: DeclaredResource): JsonObject {
  return { id: argumentsOf(resource).string('queue_url') };
}

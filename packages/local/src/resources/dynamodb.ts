import type { JsonObject } from '../json.ts';
import { argumentsOf, type AttributeContext, type DeclaredResource } from './resourceType.ts';

export function tableAttributes(resource: DeclaredResource, { account }: AttributeContext): JsonObject {
  const read = argumentsOf(resource);
  const name = read.string('name');
  const arn = `arn:aws:dynamodb:${account.region}:${account.accountId}:table/${name}`;
  if (!read.boolean('stream_enabled', false)) return { id: name, arn };
  return { id: name, arn, stream_arn: `${arn}/stream/${STREAM_LABEL}`, stream_label: STREAM_LABEL };
}

/** On AWS the time at which the stream was enabled. One label for all: only equality with the mapping's ARN matters here. */
const STREAM_LABEL = '2026-01-01T00:00:00.000';

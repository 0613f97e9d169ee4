import type { Account } from '../aws/account.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { DataSource } from './configuration.ts';
import { TerraformError } from './error.ts';
import { isObject } from './jsonFile.ts';

/** The data sources that need no service to answer: they tell where one is, or only write JSON. */
export function answerWithoutService(data: DataSource, args: JsonObject, account: Account): JsonObject | undefined {
  const { accountId, region } = account;
  switch (data.type) {
    case 'aws_caller_identity':
      return { id: accountId, account_id: accountId, user_id: accountId, arn: `arn:aws:iam::${accountId}:root` };
    case 'aws_region':
      return { id: region, name: region, region };
    case 'aws_partition':
      return { id: 'aws', partition: 'aws', dns_suffix: 'amazonaws.com', reverse_dns_prefix: 'com.amazonaws' };
    case 'aws_iam_policy_document':
      return policyDocument(data, args);
    default:
      return undefined;
  }
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document */
function policyDocument({ address, file }: DataSource, args: JsonObject): JsonObject {
  for (const key of ['source_policy_documents', 'override_policy_documents', 'source_json', 'override_json']) {
    if (Object.hasOwn(args, key)) {
      throw new TerraformError(`${address}: "${key}" is not supported. Write the statements into one document.`, {
        address,
        file,
      });
    }
  }
  const document = {
    Version: args.version ?? '2012-10-17',
    Statement: list(args.statement).filter(isObject).map(statement),
  };
  return { id: address, json: JSON.stringify(document, null, 2), minified_json: JSON.stringify(document) };
}

function statement(block: JsonObject): JsonObject {
  const members: readonly (readonly [string, JsonValue | undefined])[] = [
    ['Sid', block.sid],
    ['Effect', block.effect ?? 'Allow'],
    ['Action', oneOrMore(block.actions)],
    ['NotAction', oneOrMore(block.not_actions)],
    ['Resource', oneOrMore(block.resources)],
    ['NotResource', oneOrMore(block.not_resources)],
    ['Principal', principals(block.principals)],
    ['NotPrincipal', principals(block.not_principals)],
    ['Condition', conditions(block.condition)],
  ];
  return Object.fromEntries(
    members.filter((member): member is [string, JsonValue] => member[1] !== undefined && member[1] !== null),
  );
}

function principals(blocks: JsonValue | undefined): JsonValue | undefined {
  const given = list(blocks).filter(isObject);
  if (given.length === 0) return undefined;
  if (given.some(({ type }) => type === '*')) return '*';
  const types = new Set(given.map(({ type }) => String(type)));
  return Object.fromEntries(
    [...types].map((type) => [
      type,
      oneOrMore(given.filter((block) => block.type === type).flatMap(({ identifiers }) => list(identifiers))) ?? [],
    ]),
  );
}

function conditions(blocks: JsonValue | undefined): JsonValue | undefined {
  const tests = new Map<string, Map<string, JsonValue>>();
  for (const block of list(blocks).filter(isObject)) {
    const test = tests.get(String(block.test)) ?? new Map<string, JsonValue>();
    test.set(String(block.variable), oneOrMore(block.values) ?? []);
    tests.set(String(block.test), test);
  }
  if (tests.size === 0) return undefined;
  return Object.fromEntries([...tests].map(([test, variables]) => [test, Object.fromEntries(variables)]));
}

/** A single element stands alone. `&{...}` is how this data source writes IAM's own variables. */
function oneOrMore(values: JsonValue | undefined): JsonValue | undefined {
  const texts = list(values).map((value) => (typeof value === 'string' ? value.replaceAll('&{', () => '${') : value));
  return texts.length > 1 ? texts : texts[0];
}

function list(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

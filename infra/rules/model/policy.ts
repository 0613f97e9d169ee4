import { isBlock, text, texts, blocks, type Block, type Json } from './json.ts';
import type { Resource, System } from './system.ts';

/** A policy document of a resource, or what stands where one should. */
export interface PolicyDocument {
  readonly resource: Resource;
  /** The attribute that holds it. */
  readonly attribute: string;
  /** Trust and resource policies name principals; identity policies name resources. */
  readonly kind: 'identity' | 'trust' | 'resource';
  readonly content: { readonly statements: readonly Statement[] } | { readonly malformed: string };
}

export interface Statement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Principals as written, `*` for everyone. */
  readonly principals: readonly string[];
  readonly conditions: Block;
}

const DOCUMENTS: Readonly<Record<string, readonly (readonly [attribute: string, kind: PolicyDocument['kind']])[]>> = {
  aws_iam_role: [['assume_role_policy', 'trust']],
  aws_iam_role_policy: [['policy', 'identity']],
  aws_iam_policy: [['policy', 'identity']],
  aws_iam_user_policy: [['policy', 'identity']],
  aws_iam_group_policy: [['policy', 'identity']],
  aws_s3_bucket_policy: [['policy', 'resource']],
  aws_sqs_queue: [['policy', 'resource']],
  aws_sqs_queue_policy: [['policy', 'resource']],
  aws_sns_topic: [['policy', 'resource']],
  aws_sns_topic_policy: [['policy', 'resource']],
  aws_kms_key: [['policy', 'resource']],
  aws_kms_key_policy: [['policy', 'resource']],
  aws_dynamodb_resource_policy: [['policy', 'resource']],
  aws_cloudwatch_event_bus_policy: [['policy', 'resource']],
  aws_cloudwatch_log_resource_policy: [['policy_document', 'resource']],
};

export const POLICY_TYPES = Object.keys(DOCUMENTS);

/** Every policy document of the system, also those within roles. */
export function policiesOf(system: System): PolicyDocument[] {
  return system.ofType(...POLICY_TYPES).flatMap((resource) => {
    const own = (DOCUMENTS[resource.type] ?? [])
      .filter(([attribute]) => resource.args[attribute] !== undefined)
      .map(([attribute, kind]) => ({ resource, attribute, kind, content: parsed(resource.args[attribute]) }));
    const inline = blocks(resource.args.inline_policy).map((each): PolicyDocument => ({
      resource,
      attribute: 'inline_policy',
      kind: 'identity',
      content: parsed(each.policy),
    }));
    return [...own, ...inline];
  });
}

/** Statements of the policies that can be read; the others are `iam/policy-well-formed`'s. */
export function statementsOf(policy: PolicyDocument): readonly Statement[] {
  return 'statements' in policy.content ? policy.content.statements : [];
}

function parsed(value: Json | undefined): PolicyDocument['content'] {
  if (typeof value !== 'string') return { malformed: 'is not a text' };
  let document: unknown;
  try {
    document = JSON.parse(value);
  } catch (error) {
    return { malformed: `is not JSON (${error instanceof Error ? error.message : String(error)})` };
  }
  return readDocument(document);
}

function readDocument(document: unknown): PolicyDocument['content'] {
  if (!isBlock(document)) return { malformed: 'is not a JSON object' };
  if (document.Version !== '2012-10-17') return { malformed: 'does not have the Version 2012-10-17' };
  const statements = blocks(document.Statement);
  if (statements.length === 0) return { malformed: 'has no Statement' };
  const wrong = statements.map(wrongStatement).find((reason) => reason !== undefined);
  return wrong ? { malformed: wrong } : { statements: statements.map(readStatement) };
}

const STATEMENT_KEYS = new Set(
  'Sid Effect Action NotAction Resource NotResource Principal NotPrincipal Condition'.split(' '),
);

function wrongStatement(statement: Block, index: number): string | undefined {
  const unknown = Object.keys(statement).find((key) => !STATEMENT_KEYS.has(key));
  if (unknown) return `has "${unknown}" in its statement ${index}, which IAM does not know`;
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') return `has no Effect in its statement ${index}`;
  if (texts(statement.Action ?? statement.NotAction).length === 0) return `has no Action in its statement ${index}`;
  return undefined;
}

function readStatement(statement: Block): Statement {
  const { Effect, Action, Resource, Principal, Condition } = statement;
  return {
    effect: text(Effect),
    // What is not named is everything else, and that is a wildcard.
    actions: Action === undefined ? ['*'] : texts(Action),
    resources: Resource === undefined && statement.NotResource !== undefined ? ['*'] : texts(Resource),
    principals: isBlock(Principal) ? Object.values(Principal).flatMap(texts) : texts(Principal),
    conditions: isBlock(Condition) ? Condition : {},
  };
}

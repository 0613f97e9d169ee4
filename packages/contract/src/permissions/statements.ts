import type { Block, Json } from '../../../../infra/targets.ts';
import { type DeclaredResource, resourcesOf, type Stacks } from '../infrastructure/resources.ts';

/** One thing that somebody may do somewhere, or may not: a policy taken apart. */
export interface Permission {
  /** `role posts`, `bucket photos`, `role posts trusts` */
  readonly holder: string;
  readonly effect: 'Allow' | 'Deny';
  /** `dynamodb:PutItem`; of a trust policy `sts:AssumeRole`. */
  readonly action: string;
  readonly resource: string;
  /** Empty in a policy of a role. */
  readonly principal: string;
  /** JSON with its members sorted; empty without a condition. */
  readonly condition: string;
}

/** The policies that are written in JSON, by the type of what has them: the argument, and what people call the holder. */
const POLICIES: Readonly<Record<string, { readonly argument: string; readonly holder: string }>> = {
  aws_iam_role: { argument: 'assume_role_policy', holder: 'trust of role' },
  aws_kms_key: { argument: 'policy', holder: 'key' },
  aws_s3_bucket_policy: { argument: 'policy', holder: 'bucket' },
  aws_sns_topic_policy: { argument: 'policy', holder: 'topic' },
  aws_sqs_queue_policy: { argument: 'policy', holder: 'queue' },
};

export function permissionsOf(stacks: Stacks): readonly Permission[] {
  const short = shortener(stacks);
  return [...resourcesOf(stacks).values()].flatMap((resource) => ofResource(resource, short));
}

type Shorten = (text: string) => string;

function ofResource({ type, id, args }: DeclaredResource, short: Shorten): Permission[] {
  if (type === 'aws_iam_role_policy') return taken(`role ${roleOf(args, short) || id}`, args['policy'], short);
  if (type === 'aws_iam_role_policy_attachment')
    return [allowed(`role ${roleOf(args, short)}`, 'the policy', short(textOf(args['policy_arn'])))];
  if (type === 'aws_lambda_permission') return [lambdaPermission(args, short)];
  const known = POLICIES[type];
  return known ? taken(`${known.holder} ${id}`, args[known.argument], short) : [];
}

const roleOf = (args: Block, short: Shorten): string => short(textOf(args['role'])).replace('aws_iam_role.', '');

const allowed = (holder: string, action: string, resource: string, principal = '', condition = ''): Permission => ({
  holder,
  effect: 'Allow',
  action,
  resource,
  principal,
  condition,
});

function lambdaPermission(args: Block, short: Shorten): Permission {
  const conditions = ['source_arn', 'source_account', 'function_url_auth_type', 'event_source_token'].flatMap((name) =>
    args[name] === undefined ? [] : [[name, short(textOf(args[name]))] as const],
  );
  const condition = conditions.length > 0 ? JSON.stringify(Object.fromEntries(conditions)) : '';
  return allowed(
    `function ${short(textOf(args['function_name']))}`,
    textOf(args['action']),
    'itself',
    textOf(args['principal']),
    condition,
  );
}

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Principal?: Json;
  readonly Condition?: Json;
}

/** A policy that is no JSON text, as one that a data source gives, is compared as it stands. */
function taken(holder: string, policy: Json | undefined, short: Shorten): Permission[] {
  const text = textOf(policy);
  if (!text.startsWith('{')) return text === '' ? [] : [allowed(holder, 'the policy', short(text))];
  const { Statement: statements } = JSON.parse(text) as { readonly Statement: Statement | readonly Statement[] };
  return [statements].flat().flatMap((statement) => ofStatement(holder, statement as Statement, short));
}

function ofStatement(holder: string, statement: Statement, short: Shorten): Permission[] {
  const { Effect: effect, Action, NotAction, Resource = 'itself', NotResource, Principal, Condition } = statement;
  const actions = NotAction === undefined ? listOf(Action) : listOf(NotAction).map((action) => `all but ${action}`);
  const resources =
    NotResource === undefined ? listOf(Resource) : listOf(NotResource).map((resource) => `all but ${resource}`);
  const condition = Condition === undefined ? '' : short(JSON.stringify(sorted(Condition)));
  return actions.flatMap((action) =>
    resources.flatMap((resource) =>
      principalsOf(Principal).map((principal) => ({
        holder,
        effect,
        action,
        resource: short(resource),
        principal: short(principal),
        condition,
      })),
    ),
  );
}

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  [value ?? []].flat() as readonly string[];

function principalsOf(principal: Json | undefined): readonly string[] {
  if (principal === undefined) return [''];
  if (typeof principal !== 'object' || principal === null) return [String(principal)];
  return Object.entries(principal as Block).flatMap(([kind, values]) =>
    [values].flat().map((value) => `${kind} ${String(value)}`),
  );
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return [...(value as readonly Json[])].map(sorted).sort() as Json;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as Block)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** `${aws_dynamodb_table.posts.arn}` and what stands for it in another stack, as `aws_dynamodb_table.posts`. */
function shortener(stacks: Stacks): Shorten {
  const remote = /\$\{data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+?)\.outputs\.([\w-]+)\}/g;
  const reference = /\$\{(aws_\w+\.[\w-]+)\.(\w+)\}/g;
  const short = (text: string): string =>
    text
      .replace(remote, (_, stack: string, output: string) =>
        short(textOf(stacks.get(stack)?.output?.[output]?.['value'])),
      )
      .replace(reference, (_, address: string, attribute: string) =>
        ['arn', 'id', 'name', 'function_name'].includes(attribute) ? address : `${address}.${attribute}`,
      )
      .replace(/\$\{data\.(\w+\.[\w-]+\.\w+)\}/g, '$1');
  return short;
}

import { publicQueriesOf } from '../model/graphqlSchema.ts';
import { block, text, type Json } from '../model/json.ts';
import { policiesOf, statementsOf, type Statement } from '../model/policy.ts';
import type { Resource, System } from '../model/system.ts';
import { literalOf } from '../model/template.ts';
import { resourceRule, type Fault, type Rule } from '../rule.ts';

const POOL = ['aws_cognito_identity_pool'] as const;
const ATTACHMENT = ['aws_cognito_identity_pool_roles_attachment'] as const;

/** Keys of AWS for browsers, of guests above all. */
export const identityPools: readonly Rule[] = [
  resourceRule({
    id: 'cognito/enhanced-flow',
    scanners: [],
    reason:
      'In the classic flow a browser chooses among all roles that trust the pool, and guests are not kept to the services that AWS lets guests use. Left out, it is allowed.',
    types: POOL,
    inspect: ({ args }) =>
      args.allow_classic_flow === false
        ? undefined
        : { problem: 'does not refuse the classic flow', fix: 'set allowClassicFlow to false' },
  }),
  resourceRule({
    id: 'cognito/token-check',
    scanners: [],
    reason: 'The token of somebody who signed out everywhere or is gone must not buy keys until it expires.',
    types: POOL,
    inspect: ({ args }) =>
      [args.cognito_identity_providers ?? []].flat().every((each) => block(each).server_side_token_check === true)
        ? undefined
        : { problem: 'takes tokens of members who are gone', fix: 'set serverSideTokenCheck' },
  }),
  resourceRule({
    id: 'cognito/identities-read-public',
    scanners: ['CKV_AWS_366'],
    reason:
      'A guest is anybody: keys of an identity pool may read the fields of Query that the API key opens, and do nothing else.',
    types: ATTACHMENT,
    inspect: (attachment, system) =>
      Object.entries(block(attachment.args.roles)).flatMap(([kind, role]) =>
        roleFaults(system, attachment, { kind, role }),
      ),
  }),
];

interface Given {
  /** `authenticated` or `unauthenticated`. */
  readonly kind: string;
  readonly role: Json | undefined;
}

function roleFaults(system: System, attachment: Resource, { kind, role: value }: Given): readonly Fault[] {
  const role = system.follow(attachment, value)?.resource;
  if (role?.type !== 'aws_iam_role') {
    return [
      { problem: `gives ${kind} identities a role that is not here to be read`, fix: 'refer to an aws_iam_role' },
    ];
  }
  const isOf = ({ type, args }: Resource, policy: Resource): boolean =>
    type !== 'aws_iam_role' && system.follow(policy, args.role)?.resource === role;
  const managed = system
    .ofType('aws_iam_role_policy_attachment')
    .filter((each) => isOf(each, each))
    .map(({ address }) => ({
      problem: `gives ${kind} identities a managed policy by ${address}`,
      fix: 'write the statements in an aws_iam_role_policy',
    }));
  const policies = policiesOf(system).filter(
    ({ resource, kind: policyKind }) => policyKind === 'identity' && (resource === role || isOf(resource, resource)),
  );
  const found = policies.flatMap((policy) =>
    statementsOf(policy).flatMap((statement) => statementFaults(system, policy.resource, statement)),
  );
  return [
    ...managed,
    ...found.map((thing) => ({
      problem: `lets ${kind} identities ${thing}`,
      fix: 'allow appsync:GraphQL on public fields of Query only',
    })),
  ];
}

/** What the statement allows beyond reading what the public may. */
function statementFaults(
  system: System,
  policy: Resource,
  { effect, actions, resources }: Statement,
): readonly string[] {
  if (effect !== 'Allow') return [];
  const acts = actions.filter((action) => action !== 'appsync:GraphQL').map((action) => `do ${action}`);
  const reads = resources
    .filter((resource) => !isPublicQuery(system, policy, resource))
    .map((resource) => `reach ${resource}`);
  return [...acts, ...reads];
}

const QUERY = /^(.+)\/types\/Query\/fields\/(\w+)$/;

function isPublicQuery(system: System, policy: Resource, resource: string): boolean {
  const [, arn, field = ''] = QUERY.exec(resource) ?? [];
  const api = system.follow(policy, arn)?.resource;
  return api?.type === 'aws_appsync_graphql_api' && publicQueriesOf(literalOf(text(api.args.schema))).has(field);
}

import type { Draft, Mistake } from './draft.ts';

const POOL = 'api/aws_cognito_identity_pool.mistake (api/aws_cognito_identity_pool.mistake)';
const VISITORS = 'api/visitors_roles (api/aws_cognito_identity_pool_roles_attachment.visitors_roles)';
const ROLE = 'api/aws_iam_role.mistake (api/aws_iam_role.mistake)';
const FIX = 'allow appsync:GraphQL on public fields of Query only';
const API = '${aws_appsync_graphql_api.graphql.arn}';

/** Puts another statement in place of what the role's policy allows. */
function allowing(role: 'guests' | 'identified', statement: object) {
  return ({ edit }: Draft): void => {
    const Statement = [{ Effect: 'Allow', ...statement }];
    edit(`api/aws_iam_role_policy.${role}`).policy = JSON.stringify({ Version: '2012-10-17', Statement });
  };
}

function trusting(Condition: object) {
  return ({ add }: Draft): void => {
    const Principal = { Federated: 'cognito-identity.amazonaws.com' };
    const Statement = [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRoleWithWebIdentity', Condition }];
    add('api/aws_iam_role.mistake', { assume_role_policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
  };
}

const AUD = 'cognito-identity.amazonaws.com:aud';
const AMR = 'cognito-identity.amazonaws.com:amr';

/** Keys of AWS for browsers. */
export const identityMistakes: readonly Mistake[] = [
  {
    title: 'an identity pool leaves the classic flow open by saying nothing',
    rule: 'cognito/enhanced-flow',
    lines: [`${POOL} does not refuse the classic flow: set allowClassicFlow to false`],
    make: ({ add }) => add('api/aws_cognito_identity_pool.mistake', {}),
  },
  {
    title: 'an identity pool takes tokens of members who are gone',
    rule: 'cognito/token-check',
    lines: [`${POOL} takes tokens of members who are gone: set serverSideTokenCheck`],
    make: ({ add }) =>
      add('api/aws_cognito_identity_pool.mistake', {
        allow_classic_flow: false,
        cognito_identity_providers: [{ client_id: 'x', provider_name: 'y' }],
      }),
  },
  {
    title: 'guests may read what is for members',
    rule: 'cognito/identities-read-public',
    lines: [`${VISITORS} lets unauthenticated identities reach ${API}/types/Query/fields/viewer: ${FIX}`],
    make: allowing('guests', {
      Action: 'appsync:GraphQL',
      Resource: [`${API}/types/Query/fields/trending`, `${API}/types/Query/fields/viewer`],
    }),
  },
  {
    title: 'guests may publish as workers do',
    rule: 'cognito/identities-read-public',
    lines: [`${VISITORS} lets unauthenticated identities reach ${API}/types/Mutation/fields/publishComment: ${FIX}`],
    make: allowing('guests', {
      Action: 'appsync:GraphQL',
      Resource: `${API}/types/Mutation/fields/publishComment`,
    }),
  },
  {
    title: 'guests may ask every field of the API',
    rule: 'cognito/identities-read-public',
    lines: [`${VISITORS} lets unauthenticated identities reach ${API}/*: ${FIX}`],
    make: allowing('guests', { Action: 'appsync:GraphQL', Resource: `${API}/*` }),
  },
  {
    title: 'members may read a table by their keys',
    rule: 'cognito/identities-read-public',
    lines: [
      `${VISITORS} lets authenticated identities do dynamodb:GetItem: ${FIX}`,
      `${VISITORS} lets authenticated identities reach arn:aws:dynamodb:us-east-1:123456789012:table/posts: ${FIX}`,
    ],
    make: allowing('identified', {
      Action: 'dynamodb:GetItem',
      Resource: 'arn:aws:dynamodb:us-east-1:123456789012:table/posts',
    }),
  },
  {
    title: 'guests have a managed policy',
    rule: 'cognito/identities-read-public',
    lines: [
      `${VISITORS} gives unauthenticated identities a managed policy by aws_iam_role_policy_attachment.mistake: write the statements in an aws_iam_role_policy`,
    ],
    make: ({ add }) =>
      add('api/aws_iam_role_policy_attachment.mistake', {
        role: '${aws_iam_role.guests.name}',
        policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
      }),
  },
  {
    title: 'guests of every identity pool may take a role',
    rule: 'iam/trust-conditions',
    lines: [`${ROLE} may be assumed by the guests of every identity pool in the world: add StringEquals on ${AUD}`],
    make: trusting({ 'ForAnyValue:StringLike': { [AMR]: 'unauthenticated' } }),
  },
  {
    title: 'guests may take the role of members',
    rule: 'iam/trust-conditions',
    lines: [`${ROLE} may be assumed by guests and users alike: add ForAnyValue:StringLike on ${AMR}`],
    make: trusting({ StringEquals: { [AUD]: 'us-east-1:00000000-0000-4000-8000-000000000001' } }),
  },
];

import type { ConstDirectiveNode, GraphQLField, GraphQLObjectType } from 'graphql';
import { Kind } from 'graphql';

/** Who may read a field, from its directives or those of its type. */
export interface FieldAccess {
  /** Neither the field nor its type has an authorization directive: the API's default mode only. */
  readonly undecorated: boolean;
  /** The field itself has directives, so that IAM policies judge it even when it is no root field. */
  readonly own: boolean;
  readonly apiKey: boolean;
  readonly iam: boolean;
  readonly userPools: boolean;
  /** One of these groups is needed; absent: every user of a pool. */
  readonly groups?: ReadonlySet<string>;
}

const MODES = new Set(['aws_api_key', 'aws_iam', 'aws_oidc', 'aws_lambda', 'aws_cognito_user_pools', 'aws_auth']);

/** A field directive replaces the directives of its type; several directives are alternatives. */
export function fieldAccess(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): FieldAccess {
  const own = authorizationDirectives(field.astNode?.directives);
  const directives = own.length > 0 ? own : authorizationDirectives(typeDirectives(type));
  const userPools = directives.filter(({ name }) => ['aws_cognito_user_pools', 'aws_auth'].includes(name.value));
  const groups = userPools.map(groupsOf);
  const unrestricted = groups.some((names) => names === undefined);
  return {
    undecorated: directives.length === 0,
    own: own.length > 0,
    apiKey: directives.some(({ name }) => name.value === 'aws_api_key'),
    iam: directives.some(({ name }) => name.value === 'aws_iam'),
    userPools: userPools.length > 0,
    ...(userPools.length > 0 && !unrestricted && { groups: new Set(groups.flatMap((names) => names ?? [])) }),
  };
}

/** Whether the type or one of its fields uses @aws_auth, which works only without additional modes. */
export function usesAwsAuth(type: GraphQLObjectType): boolean {
  const fields = Object.values(type.getFields()).flatMap((field) => field.astNode?.directives ?? []);
  return [...typeDirectives(type), ...fields].some(({ name }) => name.value === 'aws_auth');
}

const typeDirectives = (type: GraphQLObjectType): readonly ConstDirectiveNode[] =>
  [type.astNode, ...type.extensionASTNodes].flatMap((node) => node?.directives ?? []);

const authorizationDirectives = (directives: readonly ConstDirectiveNode[] | undefined) =>
  (directives ?? []).filter(({ name }) => MODES.has(name.value));

function groupsOf(directive: ConstDirectiveNode): readonly string[] | undefined {
  const value = directive.arguments?.find(({ name }) => name.value === 'cognito_groups')?.value;
  if (value === undefined || value.kind === Kind.NULL) return undefined;
  const items = value.kind === Kind.LIST ? value.values : [value];
  return items.flatMap((item) => (item.kind === Kind.STRING ? [item.value] : []));
}

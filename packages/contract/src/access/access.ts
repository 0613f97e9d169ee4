import {
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLObjectType,
  isObjectType,
  Kind,
  OperationTypeNode,
} from 'graphql';
import type { Contract } from '../contract/contract.ts';

/**
 * Whom AppSync lets in, by what it calls their mode: `api key` (the public), `iam`, `oidc`, `lambda`, `members` (every member of the
 * user pool), `group NAME` (only those).
 */
export type Mode = string;

export interface Access {
  /** Types and fields that say it themselves, by coordinate: a type's holds for its fields that say nothing. */
  readonly said: ReadonlyMap<string, readonly Mode[]>;
  /** Every field of every object type, sorted by coordinate. */
  readonly fields: ReadonlyMap<string, readonly Mode[]>;
  /** Subscription field to the mutations that feed it, sorted. */
  readonly fedBy: ReadonlyMap<string, readonly string[]>;
  /** Subscription field to its arguments, each of which keeps events from somebody, sorted. */
  readonly filters: ReadonlyMap<string, readonly string[]>;
}

/** What says nothing is open in the API's default mode, which is the user pool. */
const DEFAULT: readonly Mode[] = ['members'];

/** https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html */
const MODES: Readonly<Record<string, Mode>> = {
  aws_api_key: 'api key',
  aws_iam: 'iam',
  aws_oidc: 'oidc',
  aws_lambda: 'lambda',
};

export function accessOf({ schema }: Pick<Contract, 'schema'>): Access {
  const said = new Map<string, readonly Mode[]>();
  const fields = new Map<string, readonly Mode[]>();
  const fedBy = new Map<string, readonly string[]>();
  const filters = new Map<string, readonly string[]>();
  const subscription = schema.getRootType(OperationTypeNode.SUBSCRIPTION);
  for (const type of objectTypes({ schema })) {
    const ofType = modesOf(directivesOf(type));
    if (ofType.length > 0) said.set(type.name, ofType);
    for (const field of sortedFields(type)) {
      const coordinate = `${type.name}.${field.name}`;
      const own = modesOf(field.astNode?.directives ?? []);
      if (own.length > 0) said.set(coordinate, own);
      fields.set(coordinate, own.length > 0 ? own : ofType.length > 0 ? ofType : DEFAULT);
      if (type !== subscription) continue;
      fedBy.set(coordinate, listOf(field.astNode?.directives ?? [], 'aws_subscribe', 'mutations'));
      filters.set(coordinate, field.args.map(({ name }) => name).sort());
    }
  }
  return { said, fields, fedBy, filters };
}

const objectTypes = ({ schema }: Pick<Contract, 'schema'>): readonly GraphQLObjectType[] =>
  Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('__'))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

const sortedFields = (type: GraphQLObjectType): readonly GraphQLField<unknown, unknown>[] =>
  Object.values(type.getFields()).sort((a, b) => (a.name < b.name ? -1 : 1));

const directivesOf = ({ astNode, extensionASTNodes }: GraphQLObjectType): readonly ConstDirectiveNode[] =>
  [astNode, ...extensionASTNodes].flatMap((node) => node?.directives ?? []);

function modesOf(directives: readonly ConstDirectiveNode[]): readonly Mode[] {
  return directives
    .flatMap(({ name: { value: name } }) => {
      if (name !== 'aws_cognito_user_pools') return MODES[name] ?? [];
      const groups = listOf(directives, name, 'cognito_groups');
      return groups.length > 0 ? groups.map((group) => `group ${group}`) : ['members'];
    })
    .sort();
}

/** The strings of a directive's list argument, sorted. */
function listOf(directives: readonly ConstDirectiveNode[], directive: string, argument: string): readonly string[] {
  const found = directives.find(({ name }) => name.value === directive);
  const value = found?.arguments?.find(({ name }) => name.value === argument)?.value;
  const values = value?.kind === Kind.LIST ? value.values : value ? [value] : [];
  return values.flatMap((item) => (item.kind === Kind.STRING ? [item.value] : [])).sort();
}

import {
  type ConstDirectiveNode,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  parse,
  valueFromASTUntyped,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import {
  declarations,
  type Field,
  fieldsOf,
  mutations,
  objectTypes,
  queries,
  schema,
  subscriptions,
  uploaded,
} from './contract.ts';

const MODES = { aws_api_key: 'API key', aws_iam: 'IAM', aws_cognito_user_pools: 'user pool' } as const;

/** `API key`, `IAM`, `user pool`, or `user pool/moderators`. */
function modesOf(directives: readonly ConstDirectiveNode[] = []): string[] {
  return directives.flatMap(({ name, arguments: given = [] }) => {
    const mode = Object.hasOwn(MODES, name.value) ? MODES[name.value as keyof typeof MODES] : undefined;
    if (mode === undefined) return [];
    const groups = given.find((argument) => argument.name.value === 'cognito_groups');
    return groups ? (valueFromASTUntyped(groups.value) as string[]).map((group) => `${mode}/${group}`) : [mode];
  });
}

const fieldModes = (field: Field): string[] => modesOf(field.astNode?.directives);

/** A member of a group passes wherever every user does. */
const allows = (allowed: readonly string[], mode: string): boolean =>
  allowed.includes(mode) || (mode.startsWith('user pool/') && allowed.includes('user pool'));

describe('authorization directives', () => {
  test('stand on every root field', () => {
    const open = [...queries, ...mutations, ...subscriptions].filter((field) => fieldModes(field).length === 0);
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  test('stand on every object type but the roots', () => {
    const roots = ['Query', 'Mutation', 'Subscription'];
    const open = objectTypes.filter(
      ({ name, astNode }) => !roots.includes(name) && modesOf(astNode?.directives).length === 0,
    );
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  test('let the public read six things and write nothing', () => {
    const open = [...queries, ...mutations, ...subscriptions].filter((field) => fieldModes(field).includes('API key'));
    expect(open.map(({ name }) => name).sort()).toEqual([
      'hashtag',
      'page',
      'post',
      'serviceStatus',
      'trending',
      'user',
    ]);
  });

  test('let IAM callers publish, read what the public may, and do nothing else', () => {
    const open = [...queries, ...mutations, ...subscriptions].filter((field) => fieldModes(field).includes('IAM'));
    const publications = open.filter((field) => mutations.includes(field));
    expect(publications.map(({ name }) => name).sort()).toEqual([
      'publishComment',
      'publishNotification',
      'publishPhoto',
      'publishPostEngagement',
    ]);
    expect(publications.flatMap(fieldModes)).toEqual(['IAM', 'IAM', 'IAM', 'IAM']);
    const reads = open.filter((field) => !publications.includes(field));
    expect(reads.map((field) => `${field.name}: ${fieldModes(field).sort().join()}`).sort()).toEqual([
      'hashtag: API key,IAM,user pool',
      'page: API key,IAM,user pool',
      'post: API key,IAM,user pool',
      'serviceStatus: API key,IAM,user pool',
      'trending: API key,IAM,user pool',
      'user: API key,IAM,user pool',
    ]);
  });

  test('keep three fields for groups', () => {
    const grouped = [...queries, ...mutations].filter((field) => fieldModes(field).some((mode) => mode.includes('/')));
    expect(grouped.map((field) => `${field.name}: ${fieldModes(field).join()}`).sort()).toEqual([
      'decideModeration: user pool/moderators',
      'moderationQueue: user pool/moderators',
      'sendAnnouncement: user pool/operators',
    ]);
  });
});

/**
 * Types that a caller of `mode` reaches through fields that it may read, and that refuse the mode: AppSync would answer
 * each of their fields with Unauthorized. What a type of several kinds may be is not reached by its least open kind:
 * `node` answers cases to moderators only.
 */
function refusingTypes(mode: string): string[] {
  const refusing = new Set<string>();
  const seen = new Set<string>();
  const visit = (field: Field): void => {
    const type = getNamedType(field.type);
    const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
    for (const object of possible.filter(({ name }) => !seen.has(name))) {
      const open = modesOf(object.astNode?.directives);
      if (!allows(open, mode)) {
        if (!(type.name === 'Node' && open.every((name) => name.includes('/'))))
          refusing.add(`${object.name} (${field.name})`);
        continue;
      }
      seen.add(object.name);
      fieldsOf(object)
        .filter((inner) => fieldModes(inner).length === 0 || allows(fieldModes(inner), mode))
        .forEach(visit);
    }
  };
  [...queries, ...mutations, ...subscriptions].filter((field) => allows(fieldModes(field), mode)).forEach(visit);
  return [...refusing];
}

test.each(['API key', 'IAM', 'user pool', 'user pool/moderators', 'user pool/operators'])(
  'every object type that a caller by %s can reach lets it in',
  (mode) => {
    expect(refusingTypes(mode)).toEqual([]);
  },
);

describe('what is uploaded', () => {
  const definitions = parse(uploaded).definitions;

  test('has no extensions, which AppSync does not know', () => {
    expect(definitions.filter(({ kind }) => kind.endsWith('Extension'))).toEqual([]);
  });

  test('declares neither scalars nor directives, which AppSync refuses to see again', () => {
    expect(
      definitions.filter(({ kind }) => kind === Kind.SCALAR_TYPE_DEFINITION || kind === Kind.DIRECTIVE_DEFINITION),
    ).toEqual([]);
    expect(declarations).toContain('scalar AWSDateTime');
  });

  test('feeds each subscription from a mutation of the same type', () => {
    for (const field of subscriptions) {
      const directive = field.astNode?.directives?.find(({ name }) => name.value === 'aws_subscribe');
      const [argument] = directive?.arguments ?? [];
      const names = argument ? (valueFromASTUntyped(argument.value) as string[]) : [];
      expect([field.name, names.length]).toEqual([field.name, 1]);
      expect(String(mutations.find(({ name }) => name === names[0])?.type)).toBe(String(field.type));
    }
  });
});

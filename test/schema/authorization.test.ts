import { type ConstDirectiveNode, Kind, parse, valueFromASTUntyped } from 'graphql';
import { describe, expect, test } from 'vitest';
import { declarations, type Field, mutations, queries, subscriptions, uploaded } from './contract.ts';

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

describe('authorization directives', () => {
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
});

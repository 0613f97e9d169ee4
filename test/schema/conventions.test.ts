import { getNamedType, isEnumType, isInputObjectType, isInterfaceType, isObjectType, isScalarType } from 'graphql';
import { describe, expect, test } from 'vitest';
import * as limits from '../../resolvers/shared/limits.ts';
import {
  fieldsOf,
  isList,
  mutations,
  objectTypes,
  outputFields,
  queries,
  schema,
  subscriptions,
  types,
} from './contract.ts';

/** Every description of the contract: coordinate, the name it belongs to, text. */
function descriptions(): (readonly [coordinate: string, name: string, text: string])[] {
  return types
    .filter((type) => !isScalarType(type))
    .flatMap((type) => {
      const members =
        isObjectType(type) || isInterfaceType(type) || isInputObjectType(type) ? Object.values(type.getFields()) : [];
      return [
        [type.name, type.name, type.description ?? ''] as const,
        ...members.map((member) => [`${type.name}.${member.name}`, member.name, member.description ?? ''] as const),
        ...members.flatMap((member) =>
          ('args' in member ? member.args : []).map(
            (argument: { readonly name: string; readonly description?: string | null }) =>
              [`${type.name}.${member.name}(${argument.name}:)`, argument.name, argument.description ?? ''] as const,
          ),
        ),
        ...(isEnumType(type) ? type.getValues() : []).map(
          (value) => [`${type.name}.${value.name}`, value.name, value.description ?? ''] as const,
        ),
      ];
    });
}

/** `displayName` and `DISPLAY_NAME` become display, name. */
const wordsOf = (text: string): string[] =>
  text
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

const FILLERS = new Set(['a', 'an', 'the', 'of', 'this', 'its', 'is', 'type', 'field', 'for', 'to']);

/** Nothing is left of the description once the words of the name and fillers are taken away. */
function restates(name: string, description: string): boolean {
  const known = new Set([...wordsOf(name), ...FILLERS]);
  return wordsOf(description).every((word) => known.has(word) || known.has(word.replace(/s$/, '')));
}

describe('the contract describes itself', () => {
  test('every type, field, argument and enum value has a description', () => {
    expect(
      descriptions()
        .filter(([, , text]) => text.trim() === '')
        .map(([coordinate]) => coordinate),
    ).toEqual([]);
  });

  test('no description merely restates the name', () => {
    expect(restates('displayName', 'The display name of the type.')).toBe(true);
    expect(restates('Orders', 'The order.')).toBe(false);
    expect(
      descriptions()
        .filter(([, name, text]) => restates(name, text))
        .map(([coordinate]) => coordinate),
    ).toEqual([]);
  });

  test('every mutation says what it refuses', () => {
    const silent = mutations.filter(
      ({ name, description }) => !name.startsWith('publish') && !/`[A-Z_]{4,}`/.test(description ?? ''),
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  test.each([
    ['CreatePostInput', 'body', limits.MAX_POST_BYTES, 'bytes'],
    ['CreatePostInput', 'photoIds', limits.MAX_POST_PHOTOS, 'READY photos'],
    ['CreateCommentInput', 'body', limits.MAX_COMMENT_BYTES, 'bytes'],
    ['UpdateProfileInput', 'displayName', limits.MAX_DISPLAY_NAME_BYTES, 'bytes'],
    ['UpdateProfileInput', 'bio', limits.MAX_BIO_BYTES, 'bytes'],
    ['CreateReportInput', 'details', limits.MAX_NOTE_BYTES, 'bytes'],
    ['User', 'handle', limits.MAX_HANDLE_CHARACTERS, 'letters'],
    ['Hashtag', 'name', limits.MAX_HASHTAG_CHARACTERS, 'letters'],
    ['Viewer', 'feed', limits.MAX_MERGED_CELEBRITIES, 'such accounts'],
    ['Query', 'nodes', limits.MAX_NODES, 'objects'],
  ])('%s.%s states the limit that the resolvers enforce', (typeName, fieldName, limit, unit) => {
    const type = schema.getType(typeName);
    const field = isObjectType(type) || isInputObjectType(type) ? type.getFields()[fieldName] : undefined;
    expect(field?.description).toContain(`${limit.toLocaleString('en-US')} ${unit}`);
  });
});

describe('mutations', () => {
  const VERBS = [
    'block',
    'claim',
    'complete',
    'create',
    'decide',
    'delete',
    'follow',
    'like',
    'mark',
    'mute',
    'publish',
  ];
  const MORE_VERBS = ['request', 'send', 'start', 'unblock', 'unfollow', 'unlike', 'unmute', 'update'];

  test('begin with a verb', () => {
    const verbs = new Set([...VERBS, ...MORE_VERBS]);
    expect(mutations.map(({ name }) => name).filter((name) => !verbs.has(wordsOf(name)[0] ?? ''))).toEqual([]);
  });

  test('answer a payload of their own, with what was written and userErrors', () => {
    const forClients = mutations.filter(({ name }) => !name.startsWith('publish'));
    expect(forClients).toHaveLength(24);
    for (const { name, type } of forClients) {
      const payload = getNamedType(type);
      expect(String(type)).toBe(`${name.charAt(0).toUpperCase()}${name.slice(1)}Payload!`);
      if (!isObjectType(payload)) throw new Error(`${payload.name} is no object type`);
      const { userErrors, ...written } = payload.getFields();
      expect([payload.name, String(userErrors?.type)]).toEqual([payload.name, '[UserError!]!']);
      expect(Object.values(written).filter((field) => String(field.type).endsWith('!'))).toEqual([]);
      expect(Object.keys(written).length).toBeGreaterThan(0);
    }
  });

  test('that create something take an idempotency key', () => {
    const creating = mutations.filter(({ name }) => /^(create|send|startPhoto)/.test(name));
    expect(creating.map(({ name }) => name)).toEqual([
      'sendAnnouncement',
      'createComment',
      'createReport',
      'startPhotoUpload',
      'createPost',
    ]);
    for (const { args } of creating) {
      const input = getNamedType(
        args[0]?.type ??
          (() => {
            throw new Error('no input');
          })(),
      );
      if (!isInputObjectType(input)) throw new Error(`${input.name} is no input type`);
      expect([input.name, String(input.getFields()['idempotencyKey']?.type)]).toEqual([input.name, 'ID!']);
    }
  });
});

describe('lists', () => {
  const BOUNDS = ['first: Int', 'after: String', 'last: Int', 'before: String'];
  const connections = outputFields.filter(([, field]) => getNamedType(field.type).name.endsWith('Connection'));

  test('every connection field pages in both directions and states its bounds', () => {
    expect(connections.length).toBeGreaterThanOrEqual(12);
    for (const [coordinate, { args, description }] of connections) {
      const given = args.map(({ name, type }) => `${name}: ${String(type)}`);
      expect([coordinate, given.filter((argument) => BOUNDS.includes(argument))]).toEqual([coordinate, BOUNDS]);
      expect([coordinate, args.find(({ name }) => name === 'first')?.description]).toEqual([
        coordinate,
        '1-50, default 20. Not together with `last`.',
      ]);
      expect([coordinate, /InvalidArgument/.test(description ?? '')]).toEqual([coordinate, true]);
    }
  });

  test('every connection has edges with node and cursor, and pageInfo, and no total count', () => {
    for (const type of objectTypes.filter(({ name }) => name.endsWith('Connection'))) {
      const edge = type.name.replace('Connection', 'Edge');
      expect(fieldsOf(type).map((field) => `${field.name}: ${String(field.type)}`)).toEqual([
        `edges: [${edge}!]!`,
        'pageInfo: PageInfo!',
      ]);
      const edgeType = schema.getType(edge);
      if (!isObjectType(edgeType)) throw new Error(`${edge} is missing`);
      expect(Object.keys(edgeType.getFields())).toEqual(expect.arrayContaining(['cursor', 'node']));
    }
  });

  test('every other list states how long it can be', () => {
    const plain = outputFields.filter(
      ([, { name, type }]) => isList(type) && name !== 'edges' && name !== 'userErrors',
    );
    const unbounded = plain.filter(
      ([, { description }]) => !/\d/.test(description ?? '') && !/outermost first/.test(description ?? ''),
    );
    expect(unbounded.map(([coordinate]) => coordinate)).toEqual([]);
  });
});

describe('names', () => {
  test('output fields refer to objects, not to their ids', () => {
    expect(outputFields.filter(([, { name }]) => /Ids?$/.test(name)).map(([coordinate]) => coordinate)).toEqual([]);
  });

  test('no type is named after a table, an edge item or an index', () => {
    const stored = ['Follow', 'Like', 'Block', 'Mute', 'Edge', 'Timeline', 'Digest', 'Stats', 'Tag'];
    expect(types.filter(({ name }) => stored.includes(name))).toEqual([]);
  });

  test('whatever has an id that clients keep implements Node', () => {
    const identified = objectTypes.filter(
      (type) => type.getFields()['id'] !== undefined && !type.name.endsWith('Payload'),
    );
    const exceptions = identified.filter((type) => !type.getInterfaces().some(({ name }) => name === 'Node'));
    expect(exceptions.map(({ name }) => name)).toEqual(['Announcement']);
  });

  test('nothing is deprecated without a date', () => {
    const undated = outputFields.filter(
      ([, { deprecationReason: reason }]) => reason && !/Removed after \d{4}-\d{2}-\d{2}\./.test(reason),
    );
    expect(undated.map(([coordinate]) => coordinate)).toEqual([]);
  });
});

test('the contract has 11 queries, 28 mutations and 4 subscriptions', () => {
  expect([queries.length, mutations.length, subscriptions.length]).toEqual([11, 28, 4]);
});

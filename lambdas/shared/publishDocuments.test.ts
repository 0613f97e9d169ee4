import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildASTSchema, concatAST, isObjectType, parse, TypeInfo, validate, visit, visitWithTypeInfo } from 'graphql';
import { describe, expect, test } from 'vitest';
import { publishDocuments } from './publishDocuments.ts';

const folder = join(import.meta.dirname, '../../schema');
const files = readdirSync(folder).filter((file) => file.endsWith('.graphql'));
const schema = buildASTSchema(concatAST(files.map((file) => parse(readFileSync(join(folder, file), 'utf8')))));

/** Fields of the types that a document selects from, and that it leaves out, at any of the places where it selects. */
function leftOut(document: string): Record<string, string[]> {
  const selected = new Map<string, Set<string>>();
  const types = new TypeInfo(schema);
  visit(
    parse(document),
    visitWithTypeInfo(types, {
      Field({ name }) {
        const parent = types.getParentType();
        if (!parent || parent.name === 'Mutation') return;
        // What is selected from an interface is selected from all of its types.
        const owners = isObjectType(parent) ? [parent] : schema.getPossibleTypes(parent);
        for (const owner of owners) selected.set(owner.name, (selected.get(owner.name) ?? new Set()).add(name.value));
      },
    }),
  );
  return Object.fromEntries(
    [...selected].sort().flatMap(([type, names]) => {
      const object = schema.getType(type);
      const rest = isObjectType(object) ? Object.keys(object.getFields()).filter((field) => !names.has(field)) : [];
      return rest.length > 0 ? [[type, rest.sort()]] : [];
    }),
  );
}

// Lists with pages of their own, what depends on who asks, and what leads back to where one comes from.
const NOT_PUBLISHED = {
  Hashtag: ['posts'],
  Photo: ['owner', 'post'],
  Post: ['comments', 'likers', 'viewerHasLiked'],
  User: ['followers', 'following', 'likedPosts', 'posts', 'viewerBlocks', 'viewerFollows', 'viewerMutes'],
};

describe('the documents that publish', () => {
  test.each(Object.entries(publishDocuments))('%s agrees with the schema', (_, document) => {
    expect(validate(schema, parse(document))).toEqual([]);
  });

  const { publishPhoto, ...aboutPosts } = publishDocuments;

  test.each(Object.entries(aboutPosts))('%s selects all that an event can answer', (_, document) => {
    expect(leftOut(document)).toEqual(NOT_PUBLISHED);
  });

  test('publishPhoto selects all but the post, which no photo has when it becomes ready', () => {
    expect(leftOut(publishPhoto)).toEqual({ Photo: ['post'], User: NOT_PUBLISHED.User });
  });
});

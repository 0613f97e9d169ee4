import { describe, expect, test } from 'vitest';
import { readSchema } from './schema.ts';
import { folderWith, repository } from './testing/application.ts';

const DECLARATIONS = 'directive @aws_api_key on FIELD_DEFINITION | OBJECT\nscalar AWSDateTime\n';

function schemaOf(files: Readonly<Record<string, string>>): string {
  return readSchema(folderWith({ 'schema/appsync.graphql': DECLARATIONS, ...files }));
}

describe('the schema', () => {
  test('is one text of all files, without the declarations of what AppSync knows itself', () => {
    const text = schemaOf({
      'schema/post.graphql': 'type Post { createdAt: AWSDateTime }\nextend type Query { post: Post @aws_api_key }\n',
      'schema/schema.graphql': 'schema { query: Query }\ntype Query\n',
    });
    expect(text).toContain('post: Post @aws_api_key');
    expect(text).not.toContain('extend');
    expect(text).not.toContain('scalar AWSDateTime');
    expect(text).not.toContain('directive @');
  });

  test.each([
    ['type Query { post: Post }\n', 'error schema/schema.graphql:1:20 Unknown type "Post".'],
    ['type Query {\n  post(: ID\n}\n', 'error schema/schema.graphql:2:8 Syntax Error: Expected Name, found ":".'],
    ['type Query { a: String @nonsense }\n', 'error schema/schema.graphql:1:24 Unknown directive "@nonsense".'],
    [
      'type Query implements Node { a: String }\ninterface Node { id: ID! }\n',
      'error schema/schema.graphql:2:18 Interface field Node.id expected but Query does not provide it.',
    ],
  ])('%j is refused with its place', (text, line) => {
    expect(() => schemaOf({ 'schema/schema.graphql': text })).toThrow(expect.objectContaining({ message: line }));
  });

  test('of Hiroba is valid and below the megabyte that AppSync takes', () => {
    const text = readSchema(repository);
    expect(text.length).toBeGreaterThan(10_000);
    expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
  });
});

import { describe, expect, test } from 'vitest';
import { mergeSchema } from '../../schema/merge.ts';

const file = (path: string, text: string) => ({ path, text });

describe('mergeSchema', () => {
  test('folds extensions into their type, with descriptions and directives', () => {
    const merged = mergeSchema([
      file('a.graphql', '"Reads."\ntype Query'),
      file('b.graphql', 'extend type Query {\n  "One."\n  one(id: ID!): Int @aws_api_key\n}'),
      file('c.graphql', 'extend type Query {\n  "Two."\n  two: Int @aws_cognito_user_pools(cognito_groups: ["a"])\n}'),
    ]);
    expect(merged).toBe(`"Reads."
type Query {
  "One."
  one(id: ID!): Int @aws_api_key
  "Two."
  two: Int @aws_cognito_user_pools(cognito_groups: ["a"])
}
`);
  });

  test('extends a type that a later file defines', () => {
    const files = [file('a.graphql', 'extend type T { b: Int }'), file('b.graphql', 'type T { a: Int }')];
    expect(mergeSchema(files)).toBe('type T {\n  a: Int\n  b: Int\n}\n');
  });

  test.each([
    ['a type that two files define', 'type T { a: Int }', 'b.graphql: T is defined in another file, too'],
    ['a field that two files add', 'extend type T { a: Int }', 'b.graphql: T.a is defined in another file, too'],
    ['an extension of nothing', 'extend type U { a: Int }', 'b.graphql: extends U, which no file defines as a type'],
  ])('refuses %s, naming the file', (_, text, message) => {
    expect(() => mergeSchema([file('a.graphql', 'type T { a: Int }'), file('b.graphql', text)])).toThrow(message);
  });
});

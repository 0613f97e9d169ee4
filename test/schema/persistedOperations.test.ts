import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { hashOf, persistedOperations } from '../../schema/persistedOperations.ts';
import { currentManifest, MANIFEST, manifestText } from '../../schema/writeManifest.ts';

const schema = buildSchema(`
  directive @aws_api_key on OBJECT | FIELD_DEFINITION
  directive @aws_cognito_user_pools on OBJECT | FIELD_DEFINITION
  interface Node { id: ID! }
  type Post implements Node @aws_api_key @aws_cognito_user_pools {
    id: ID!
    draft: String @aws_cognito_user_pools
    viewerHasLiked: Boolean
    author: Person
  }
  type Person implements Node @aws_cognito_user_pools { id: ID! posts: [Post] @aws_api_key }
  type Query {
    post(id: ID): Post @aws_api_key
    mine: Post @aws_cognito_user_pools
    node: Node @aws_api_key
  }
  type Mutation { write: Post @aws_api_key }
`);
const read = (text: string) => Object.values(persistedOperations(schema, [{ path: 'One.graphql', text }]))[0];

describe('an operation', () => {
  test('is public when every field of it lets in the API key', () => {
    expect(
      read('# cache: 30\nquery One($id: ID, $a: ID) { a: post(id: $a) { id } post(id: $id) { __typename id } }'),
    ).toEqual({
      name: 'One',
      public: true,
      cacheSeconds: 30,
      variables: ['a', 'id'],
      document: 'query One($id:ID$a:ID){a:post(id:$a){id}post(id:$id){__typename id}}',
    });
  });

  test.each([
    ['query One { mine { id } }', 'a root field of members'],
    ['query One { post { draft } }', 'a field of members'],
    ['query One { post { author { id } } }', 'a type of members'],
    ['query One { post { viewerHasLiked } }', 'a field whose value depends on the viewer'],
    ['query One { post { liked: viewerHasLiked } }', 'the same under another name'],
    ['query One { post { ... on Post { draft } } }', 'a field inside a fragment'],
    ['query One { node { id } }', 'what may be of a type of members'],
    ['mutation One { write { id } }', 'a mutation'],
  ])('%s is not public: %s', (text) => {
    expect(read(text)).toEqual({ name: 'One', public: false });
  });

  test('that is public must say how long it may be kept', () => {
    expect(() => read('query One { post { id } }')).toThrow(
      'One.graphql can be read by everyone: say in a line "# cache: SECONDS" how long it may be kept',
    );
  });

  test('that is not public cannot be kept', () => {
    expect(() => read('# cache: 5\nquery One { post { viewerHasLiked } }')).toThrow(
      'One.graphql says "# cache" and has no answer for everyone: Post.viewerHasLiked',
    );
    expect(() => read('# cache: 5\nmutation One { write { id } }')).toThrow('has no answer for everyone: a mutation');
  });

  test.each(['0', '61', '1.5', 'soon', '-1', ''])('cannot be kept for "%s" seconds', (stated) => {
    expect(() => read(`# cache: ${stated}\nquery One { post { id } }`)).toThrow('which must be 1 to 60 seconds');
  });

  test('has the same hash however it is laid out', () => {
    expect(hashOf('query One { post { id } }')).toBe(hashOf('# said\nquery One {\n  post { id, }\n}\n'));
    expect(hashOf('query One{post{id}}')).toBe('8999dca4d40fb6b4482c4e715a708691d96886858f4698132ca39d48f193d3f7');
  });
});

describe('the manifest', () => {
  test('is that of the files; after a change: npm run operations', () => {
    expect(readFileSync(MANIFEST, 'utf8')).toBe(manifestText(currentManifest()));
  });

  test('opens seven operations to everyone', () => {
    const open = Object.values(currentManifest()).flatMap((one) =>
      one.public ? [`${one.name} ${one.cacheSeconds}`] : [],
    );
    expect(open).toEqual([
      'Follows 60',
      'Hashtag 15',
      'Page 60',
      'PostLikers 60',
      'PublicPost 30',
      'PublicProfile 30',
      'Trending 15',
    ]);
  });
});

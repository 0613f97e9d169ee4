/** A schema with a field for every kind of type, shared by the tests of execution and of resolvers. */
export const SCHEMA = /* GraphQL */ `
  type Query {
    post(id: ID!): Post
    posts: [Post]
    strictPosts: [Post!]
    strict: Strict
    node(kind: String): Node
    nodes: [Node]
    search: [Found]
    echo(text: String, list: [Int], flag: Boolean = true, input: Input): AWSJSON
    count: Int
  }
  type Mutation {
    first: String
    second: String
  }
  input Input {
    text: String
    level: Level = LOW
    json: AWSJSON
  }
  enum Level {
    LOW
    HIGH
  }
  type Post implements Node {
    id: ID!
    title: String
    score: Int
    level: Level
    tags: [String!]
    related: [Post]
    author: Author
  }
  type Author {
    name: String!
  }
  type Blog implements Node {
    id: ID!
    category: String
  }
  union Found = Post | Blog
  interface Node {
    id: ID!
  }
  type Strict {
    requiredField: String!
    inner: Strict!
    optional: Strict
  }
`;

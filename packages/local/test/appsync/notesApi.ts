import { afterEach } from 'vitest';
import type { AuthenticationProvider } from '../../src/services/appsync/model.ts';
import { code, listen, POOL_ID, returns, start, token, type ApiSpec, type TestOptions } from './support.ts';

const AUTH = '@aws_api_key @aws_cognito_user_pools @aws_iam';
export const SCHEMA = /* GraphQL */ `
  type Query {
    a: String
  }
  type Mutation {
    addNote(id: ID!, text: String, owner: String, fail: Boolean, tags: [String]): Note ${AUTH}
    removeNote(id: ID!): Note ${AUTH}
    expel(owner: String): String ${AUTH}
    publish(id: ID): Node ${AUTH}
  }
  type Subscription {
    onNote(id: ID, owner: String, unknown: Int): Note @aws_subscribe(mutations: ["addNote", "removeNote"]) ${AUTH}
    onFiltered(owner: String): Note @aws_subscribe(mutations: ["addNote"]) ${AUTH}
    onRefused: Note @aws_subscribe(mutations: ["addNote"]) ${AUTH}
    onMine: Note @aws_subscribe(mutations: ["addNote"]) @aws_cognito_user_pools
    onNode: Node @aws_subscribe(mutations: ["publish"]) ${AUTH}
  }
  interface Node {
    id: ID
  }
  type Note implements Node ${AUTH} {
    id: ID
    text: String
    must: String!
    owner: String
    tags: [String]
    author: Author
  }
  type Author ${AUTH} {
    name: String
    age: Int
  }
`;

const NOTE = "{ id: ctx.args.id, text: ctx.args.text, must: 'm', owner: ctx.args.owner, tags: ctx.args.tags }";

const POOL: AuthenticationProvider = { type: 'AMAZON_COGNITO_USER_POOLS', userPoolId: POOL_ID, defaultAction: 'ALLOW' };
export const SPEC: ApiSpec = {
  schema: SCHEMA,
  additionalAuthentication: [POOL, { type: 'AWS_IAM' }],
  resolvers: {
    'Mutation.addNote': code(`if (ctx.args.fail) { util.error('failed'); } return { payload: ${NOTE} };`),
    'Mutation.removeNote': returns("{ id: ctx.args.id, must: 'm' }"),
    'Mutation.expel': code(
      "return { payload: 'done' };",
      "extensions.invalidateSubscriptions({ subscriptionField: 'onFiltered', payload: { owner: ctx.args.owner } }); return ctx.result;",
    ),
    'Mutation.publish': returns("{ __typename: 'Note', id: ctx.args.id, must: 'm', text: 'T' }"),
    'Note.author': code("console.log('author'); return { payload: { name: 'A', age: 3 } };"),
    'Subscription.onFiltered': code(
      'return { payload: null };',
      `extensions.setSubscriptionFilter({ filterGroup: [{ filters: [{ fieldName: 'owner', operator: 'eq', value: ctx.args.owner }] }] });
       extensions.setSubscriptionInvalidationFilter({ filterGroup: [{ filters: [{ fieldName: 'owner', operator: 'eq', value: ctx.args.owner }] }] });
       return null;`,
    ),
    'Subscription.onRefused': code("util.error('Not today', 'Closed');"),
  },
};

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Serves the API on a free port until the test ends. */
export async function serve(options: TestOptions = {}, spec: ApiSpec = SPEC) {
  const appsync = start(spec, options);
  const { port, close } = await listen(appsync);
  closers.push(close);
  return { ...appsync, port };
}

export const ADD =
  'mutation ($id: ID!, $text: String, $owner: String, $fail: Boolean, $tags: [String]) { addNote(id: $id, text: $text, owner: $owner, fail: $fail, tags: $tags) { id text must owner tags } }';
export const asUser = (sub: string) => ({ Authorization: token({ sub }), host: 'localhost' });

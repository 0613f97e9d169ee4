import { Amplify } from 'aws-amplify';
import { generateClient } from 'aws-amplify/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { API_KEY, listen, POOL_ID, returns, start, token } from './support.ts';

const AUTH = '@aws_api_key @aws_cognito_user_pools';
const appsync = start({
  schema: /* GraphQL */ `
    type Query {
      who: String ${AUTH}
      users: String @aws_cognito_user_pools
    }
    type Mutation {
      say(text: String): Said ${AUTH}
    }
    type Subscription {
      onSaid: Said @aws_subscribe(mutations: ["say"]) ${AUTH}
      onSaidToUsers: Said @aws_subscribe(mutations: ["say"]) @aws_cognito_user_pools
    }
    type Said ${AUTH} {
      text: String
    }
  `,
  additionalAuthentication: [{ type: 'AMAZON_COGNITO_USER_POOLS', userPoolId: POOL_ID, defaultAction: 'ALLOW' }],
  resolvers: { 'Query.who': returns("ctx.identity ? ctx.identity.sub : 'key'"), 'Mutation.say': returns('ctx.args') },
});

let server: Awaited<ReturnType<typeof listen>>;
beforeAll(async () => {
  server = await listen(appsync);
  configure(API_KEY);
});
afterAll(() => server.close());

const HOUR = 3600;
function configure(apiKey: string): void {
  const jwt = token({ sub: 'u1', exp: Math.floor(Date.now() / 1000) + HOUR });
  const parsed = { toString: () => jwt, payload: { exp: Math.floor(Date.now() / 1000) + HOUR } };
  Amplify.configure(
    {
      API: {
        GraphQL: {
          // Amplify turns a lower-case http: into wss:; this spelling makes it a plain ws:.
          endpoint: `HTTP://127.0.0.1:${server.port}/graphql`,
          region: 'us-east-1',
          defaultAuthMode: 'apiKey',
          apiKey,
        },
      },
    },
    { Auth: { tokenProvider: { getTokens: async () => ({ accessToken: parsed }) } } },
  );
}

type GraphQLAuthMode = 'apiKey' | 'userPool';

const client = generateClient();
const ask = async (query: string, authMode: GraphQLAuthMode, variables = {}): Promise<unknown> =>
  client.graphql({ query, authMode, variables });

test('queries and mutations, by API key and by token', async () => {
  expect(await ask('query { who }', 'apiKey')).toMatchObject({ data: { who: 'key' } });
  expect(await ask('query { who }', 'userPool')).toMatchObject({ data: { who: 'u1' } });
  const said = await ask('mutation ($t: String) { say(text: $t) { text } }', 'apiKey', { t: 'hi' });
  expect(said).toMatchObject({ data: { say: { text: 'hi' } } });
});

test('errors of fields arrive as AppSync sends them', async () => {
  await expect(ask('query { users }', 'apiKey')).rejects.toMatchObject({
    data: { users: null },
    errors: [{ errorType: 'Unauthorized', path: ['users'], message: 'Not Authorized to access users on type Query' }],
  });
});

interface Listening {
  readonly next: Promise<unknown>;
  readonly error: Promise<unknown>;
  stop(): void;
}

function listenTo(query: string, authMode: GraphQLAuthMode): Listening {
  const observable = client.graphql({ query, authMode }) as unknown as {
    subscribe(observer: { next(value: unknown): void; error(error: unknown): void }): { unsubscribe(): void };
  };
  const next = Promise.withResolvers<unknown>();
  const error = Promise.withResolvers<unknown>();
  const subscription = observable.subscribe({ next: next.resolve, error: error.resolve });
  return { next: next.promise, error: error.promise, stop: () => subscription.unsubscribe() };
}

/** Says something until a subscription that may not be acknowledged yet has heard it. */
async function heard({ next, error }: Listening): Promise<unknown> {
  for (;;) {
    await ask('mutation { say(text: "hi") { text } }', 'apiKey');
    const later = new Promise((resolve) => setImmediate(resolve, 'nothing yet'));
    const first = await Promise.race([next, error, later]);
    if (first !== 'nothing yet') return first;
  }
}

test('subscriptions of both modes share one socket', async () => {
  const byKey = listenTo('subscription { onSaid { text } }', 'apiKey');
  const byUser = listenTo('subscription { onSaidToUsers { text } }', 'userPool');
  expect(await heard(byKey)).toMatchObject({ data: { onSaid: { text: 'hi' } } });
  expect(await heard(byUser)).toMatchObject({ data: { onSaidToUsers: { text: 'hi' } } });
  byKey.stop();
  byUser.stop();
});

test('a subscription that is refused tells the application why', async () => {
  const refused = listenTo('subscription { onSaidToUsers { text } }', 'apiKey');
  expect(JSON.stringify(await refused.error)).toContain('Not Authorized to access onSaidToUsers on type Subscription');
  refused.stop();
});

test('a connection that is refused tells the application why', async () => {
  const other = start({
    schema:
      'type Query { a: String } type Mutation { m: String } type Subscription { s: String @aws_subscribe(mutations: ["m"]) }',
  });
  const otherServer = await listen(other);
  try {
    Amplify.configure({
      API: {
        GraphQL: {
          endpoint: `HTTP://127.0.0.1:${otherServer.port}/graphql`,
          region: 'us-east-1',
          defaultAuthMode: 'apiKey',
          apiKey: 'da2-wrong',
        },
      },
    });
    const refused = listenTo('subscription { s }', 'apiKey');
    expect(JSON.stringify(await refused.error)).toContain('Connection failed: UnauthorizedException');
    await expect(ask('query { a }', 'apiKey')).rejects.toMatchObject({ errors: [{ message: 'Unauthorized' }] });
  } finally {
    configure(API_KEY);
    await otherServer.close();
  }
});

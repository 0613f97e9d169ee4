import { createRequire } from 'node:module';
import type * as Apollo from '@apollo/client/core';
import type * as AuthLinks from 'aws-appsync-auth-link';
import type * as SubscriptionLinks from 'aws-appsync-subscription-link';
import { expect, test } from 'vitest';
import { READINGS, RECORD, RECORDED } from './operations.ts';
import { startForClients } from './system.ts';

// In Node, the ES modules of the links cannot sign: "Sha256 is not a constructor". Bundlers and CommonJS do not have that trouble.
const require = createRequire(import.meta.url);
const { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } = require('@apollo/client/core') as typeof Apollo;
const { createAuthLink } = require('aws-appsync-auth-link') as typeof AuthLinks;
const { createSubscriptionHandshakeLink } = require('aws-appsync-subscription-link') as typeof SubscriptionLinks;
type AuthOptions = AuthLinks.AuthOptions;

const REGION = 'eu-central-1';

/** The links' declarations name Apollo's CommonJS types, which are not those of its ES modules. */
const asLink = (link: unknown): Apollo.ApolloLink => link as Apollo.ApolloLink;

/** As AWS documents it, but for `transport`: Apollo 4 adds to the body after it was signed, so IAM would not hold. */
function apollo(url: string, auth: AuthOptions): Apollo.ApolloClient {
  const http: unknown = new HttpLink({ uri: url, enhancedClientAwareness: { transport: false } });
  const subscriptions = createSubscriptionHandshakeLink({ url, region: REGION, auth }, http as never);
  return new ApolloClient({
    link: ApolloLink.from([asLink(createAuthLink({ url, region: REGION, auth })), asLink(subscriptions)]),
    cache: new InMemoryCache(),
  });
}

type Mode = 'API_KEY' | 'AMAZON_COGNITO_USER_POOLS' | 'AWS_IAM';

async function startModes() {
  const { system, token } = await startForClients();
  const { accessKeyId, secretAccessKey } = system.credentials;
  const jwtToken = await token();
  const modes: Readonly<Record<Mode, AuthOptions>> = {
    API_KEY: { type: 'API_KEY', apiKey: system.configuration?.apiKey ?? '' },
    AMAZON_COGNITO_USER_POOLS: { type: 'AMAZON_COGNITO_USER_POOLS', jwtToken },
    AWS_IAM: { type: 'AWS_IAM', credentials: { accessKeyId, secretAccessKey } as never },
  };
  return { url: system.endpoints.graphql, modes };
}

test.each<Mode>(['API_KEY', 'AMAZON_COGNITO_USER_POOLS', 'AWS_IAM'])(
  'queries, mutations and subscriptions by %s',
  async (mode) => {
    const { url, modes } = await startModes();
    const client = apollo(url, modes[mode]);
    const heard = Promise.withResolvers<unknown>();
    const subscription = client
      .subscribe({ query: gql(RECORDED) })
      .subscribe({ next: ({ data, error }) => (error ? heard.reject(error) : heard.resolve(data)) });
    const record = () => client.mutate({ mutation: gql(RECORD), variables: { c: 21.5 } });
    expect(await record()).toMatchObject({ data: { record: { sensor: 'north', celsius: 21.5 } } });
    const read = await client.query({ query: gql(READINGS), fetchPolicy: 'network-only' });
    expect(read.data).toMatchObject({ readings: [{ sensor: 'north', celsius: 21.5 }] });
    // The link does not say when it listens.
    let event: unknown = 'nothing yet';
    while (event === 'nothing yet') {
      await record();
      event = await Promise.race([heard.promise, new Promise((resolve) => setImmediate(resolve, 'nothing yet'))]);
    }
    expect(event).toMatchObject({ recorded: { sensor: 'north', celsius: 21.5 } });
    subscription.unsubscribe();
  },
);

test('a wrong key is refused, and so is a signature of a body that was changed afterwards', async () => {
  const { url, modes } = await startModes();
  const wrong = apollo(url, { type: 'API_KEY', apiKey: 'da2-wrong' });
  await expect(wrong.query({ query: gql(READINGS) })).rejects.toMatchObject({ statusCode: 401 });
  const auth = modes.AWS_IAM;
  const changed = new ApolloClient({
    link: ApolloLink.from([asLink(createAuthLink({ url, region: REGION, auth })), new HttpLink({ uri: url })]),
    cache: new InMemoryCache(),
  });
  await expect(changed.query({ query: gql(READINGS) })).rejects.toMatchObject({ statusCode: 403 });
});

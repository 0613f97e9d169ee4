/** Run by `amplifyOverTls.test.ts` in a process that trusts the authority of a data folder; prints what came. */
import { Amplify } from 'aws-amplify';
import { generateClient } from 'aws-amplify/api';
import { READINGS, RECORD, RECORDED } from './operations.ts';

interface Given {
  readonly endpoint: string;
  readonly apiKey: string;
  readonly token: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}
const { endpoint, apiKey, token, accessKeyId, secretAccessKey } = JSON.parse(process.argv[2] ?? '') as Given;
const expires = Math.floor(Date.now() / 1000) + 3600;
Amplify.configure(
  { API: { GraphQL: { endpoint, region: 'eu-central-1', defaultAuthMode: 'apiKey', apiKey } } },
  {
    Auth: {
      tokenProvider: {
        getTokens: async () => ({ accessToken: { toString: () => token, payload: { exp: expires } } }),
      },
      credentialsProvider: {
        getCredentialsAndIdentityId: async () => ({ credentials: { accessKeyId, secretAccessKey } }),
        clearCredentialsAndIdentityId: () => undefined,
      },
    },
  },
);

const client = generateClient();
for (const authMode of ['apiKey', 'userPool', 'iam'] as const) {
  const heard = Promise.withResolvers<unknown>();
  const listening = client.graphql({ query: RECORDED, authMode }) as unknown as {
    subscribe(observer: object): { unsubscribe(): void };
  };
  const subscription = listening.subscribe({ next: heard.resolve, error: heard.reject });
  const record = async (): Promise<unknown> => client.graphql({ query: RECORD, variables: { c: 20 }, authMode });
  const recorded = await record();
  const read: unknown = await client.graphql({ query: READINGS, authMode });
  let event: unknown = 'nothing yet';
  while (event === 'nothing yet') {
    await record();
    event = await Promise.race([heard.promise, new Promise((resolve) => setImmediate(resolve, 'nothing yet'))]);
  }
  subscription.unsubscribe();
  console.log(JSON.stringify({ authMode, recorded, read, event }));
}
process.exit();

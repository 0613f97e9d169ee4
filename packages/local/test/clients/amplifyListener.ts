/** Run by `reconnecting.test.ts`: listens, and prints each `start` that it sends and each event that it hears. */
import { Amplify } from 'aws-amplify';
import { generateClient } from 'aws-amplify/api';
import { RECORDED } from './operations.ts';

const { endpoint, apiKey } = JSON.parse(process.argv[2] ?? '') as {
  readonly endpoint: string;
  readonly apiKey: string;
};
const print = (line: object): void => console.log(JSON.stringify(line));

// What the client sends, as it is: the id is all that tells a subscription that goes on from a new one.
globalThis.WebSocket = class extends WebSocket {
  override send(data: string): void {
    const { type, id } = JSON.parse(data) as { readonly type: string; readonly id?: string };
    if (type === 'start') print({ started: id });
    super.send(data);
  }
};

Amplify.configure({
  API: { GraphQL: { endpoint, region: 'eu-central-1', defaultAuthMode: 'apiKey', apiKey } },
});
const listening = generateClient().graphql({ query: RECORDED, authMode: 'apiKey' }) as unknown as {
  subscribe(observer: object): unknown;
};
listening.subscribe({ next: (event: object) => print({ heard: event }), error: (error: object) => print({ error }) });

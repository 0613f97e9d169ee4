import { expect, test } from 'vitest';
import { missingOf, realtimeOf } from './rootTests.ts';

test.each([
  [
    'https://abc.appsync-api.us-east-1.amazonaws.com/graphql',
    'wss://abc.appsync-realtime-api.us-east-1.amazonaws.com/graphql',
  ],
  ['https://api.hiroba.example/graphql', 'wss://api.hiroba.example/graphql/realtime'],
  ['http://localhost:4000/graphql', 'ws://localhost:4000/graphql/realtime'],
])('subscriptions of %s are at %s', (endpoint, realtime) => {
  expect(realtimeOf(endpoint)).toBe(realtime);
});

test('what the tests need to know and is not said is named', () => {
  expect(missingOf({ HIROBA_API_KEY: 'da2-x' })).toEqual([
    'HIROBA_IDENTITY_POOL_ID',
    'HIROBA_USER_POOL_ID',
    'HIROBA_USER_POOL_CLIENT_ID',
  ]);
});

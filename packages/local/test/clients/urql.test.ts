import { cacheExchange, Client, fetchExchange } from '@urql/core';
import { expect, test } from 'vitest';
import { READINGS, RECORD } from './operations.ts';
import { startForClients } from './system.ts';

test('urql queries by GET, as it does by default, and mutates by POST', async () => {
  const { system } = await startForClients();
  const methods: string[] = [];
  const client = new Client({
    url: system.endpoints.graphql,
    exchanges: [cacheExchange, fetchExchange],
    fetchOptions: { headers: { 'x-api-key': system.configuration?.apiKey ?? '' } },
    preferGetMethod: 'within-url-limit',
    fetch: (input, init) => {
      methods.push(init?.method ?? 'GET');
      return fetch(input, init);
    },
  });
  expect((await client.mutation(RECORD, { c: 21.5 })).data).toMatchObject({ record: { celsius: 21.5 } });
  expect((await client.query(READINGS, {})).data).toEqual({ readings: [expect.objectContaining({ celsius: 21.5 })] });
  expect(methods).toEqual(['POST', 'GET']);
});

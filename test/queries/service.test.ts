import { describe, expect, it } from 'vitest';
import { graphql, publicCaller } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';

describe('the status of the service', () => {
  it('is open to everyone and tells what is deployed', async () => {
    const STATUS = '{ serviceStatus { rung region build } }';

    const answers = [await graphql(publicCaller, STATUS), await (await newMember()).send(STATUS)];

    for (const { data, errors } of answers) {
      expect(errors).toEqual([]);
      expect(data).toEqual({ serviceStatus: { rung: 'users', region: 'us-east-1', build: '0.1.0' } });
    }
  });
});

describe('a page of the service', () => {
  it('is refused until there is a store for files', async () => {
    const { data, errors } = await graphql(publicCaller, '{ page(slug: "help") { markdown } }');

    expect(data).toEqual({ page: null });
    expect(errors).toMatchObject([
      {
        path: ['page'],
        errorType: 'NotAvailable',
        message: 'page is not available in this deployment yet: it needs a store for files',
      },
    ]);
  });
});

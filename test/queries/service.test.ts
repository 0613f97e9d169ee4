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

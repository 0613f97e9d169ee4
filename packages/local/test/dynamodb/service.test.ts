import { describe, expect, it } from 'vitest';
import { AwsError } from '../../src/aws/error.ts';
import { get, key, openEngine, put, refusal, things } from './support/engine.ts';

describe('call', () => {
  it('answers as execute does', async () => {
    const engine = openEngine();
    engine.db.provision(things());
    const root = { arn: 'arn:aws:iam::123456789012:root' };
    await engine.db.call('PutItem', { TableName: 'Things', Item: key('a', 1) }, root);
    expect(get(engine, 'a', 1)).toEqual(key('a', 1));
  });
});

describe('Injected faults', () => {
  it('stop an operation before it does anything', () => {
    let isThrottled = false;
    const engine = openEngine({
      faults: {
        before(operation) {
          if (isThrottled && operation === 'PutItem') {
            throw new AwsError(
              'ProvisionedThroughputExceededException',
              'The level of configured provisioned throughput was exceeded',
            );
          }
        },
      },
    });
    engine.db.provision(things());
    isThrottled = true;
    expect(refusal(() => put(engine, 'a', 1))).toMatch(/^ProvisionedThroughputExceededException/);
    expect(get(engine, 'a', 1)).toBeUndefined();
    isThrottled = false;
    put(engine, 'a', 1);
    expect(get(engine, 'a', 1)).toEqual(key('a', 1));
  });
});

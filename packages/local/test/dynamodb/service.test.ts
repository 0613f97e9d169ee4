import { describe, expect, it } from 'vitest';
import { get, key, openEngine, things } from './support/engine.ts';

describe('call', () => {
  it('answers as execute does', async () => {
    const engine = openEngine();
    engine.db.provision(things());
    const root = { arn: 'arn:aws:iam::123456789012:root' };
    await engine.db.call('PutItem', { TableName: 'Things', Item: key('a', 1) }, root);
    expect(get(engine, 'a', 1)).toEqual(key('a', 1));
  });
});

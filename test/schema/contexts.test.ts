import { join } from 'node:path';
import { AppSyncClient } from '@aws-sdk/client-appsync';
import { describe, expect, test } from 'vitest';
import { bundlesOf } from '../../infra/verify/bundles.ts';
import { readContexts } from '../../infra/verify/contexts.ts';
import { evaluate } from '../../infra/verify/evaluate.ts';
import { target } from '../support/target.ts';

/** What `npm run verify:aws` compares AWS with. After a wanted change: `npm run contexts:record`. */
const contexts = readContexts(join(import.meta.dirname, '..', 'contexts'));
const bundles = bundlesOf(target.terraform);
const { region, awsEndpoint: endpoint, accessKeyId, secretAccessKey } = target;
const client = new AppSyncClient({ region, endpoint, credentials: { accessKeyId, secretAccessKey } });

test('every resolver and function has recorded contexts, and none is of something that is gone', () => {
  expect([...contexts.keys()].sort()).toEqual([...bundles.keys()].sort());
});

describe('EvaluateCode answers as recorded for', () => {
  test.each([...contexts.keys()])('%s', async (name) => {
    for (const { handler, context, outcome } of contexts.get(name) ?? []) {
      const code = bundles.get(name) ?? '';
      expect(await evaluate(client, { code, handler, context, now: Date.now() })).toEqual(outcome);
    }
  });
});

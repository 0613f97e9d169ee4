import { DatabaseSync } from 'node:sqlite';
import { SSMClient } from '@aws-sdk/client-ssm';
import { onTestFinished } from 'vitest';
import { manualClock } from '../../src/clock.ts';
import { createSealing } from '../../src/data/sealing.ts';
import { seededRandom } from '../../src/random.ts';
import { createSsm, type ParameterDefinition } from '../../src/services/ssm/index.ts';
import { REGION, ROOT_KEY, startPort } from '../aws/support.ts';

export const parameter = (changes: Partial<ParameterDefinition> = {}): ParameterDefinition => ({
  name: '/app/limit',
  address: 'app.aws_ssm_parameter.limit',
  type: 'String',
  value: '10',
  description: '',
  tier: 'Standard',
  keyArn: null,
  tags: {},
  keepsChanges: false,
  ...changes,
});

export interface SsmStart {
  readonly database?: DatabaseSync;
}

/** Parameter Store at an AWS endpoint, and a client of the SDK. */
export async function startSsm({ database = new DatabaseSync(':memory:') }: SsmStart = {}) {
  const clock = manualClock(Date.parse('2026-03-01T09:00:00Z'));
  const sealing = createSealing(null, seededRandom('sealing'));
  const account = { region: REGION, accountId: '123456789012' };
  const ssm = createSsm({ database, account, clock, sealing });
  const port = await startPort([ssm]);
  const client = new SSMClient({ endpoint: port.url, region: REGION, credentials: ROOT_KEY, maxAttempts: 1 });
  onTestFinished(async () => {
    client.destroy();
    await port.close();
  });
  return { ssm, port, client, clock, database };
}

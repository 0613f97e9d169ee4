import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type FaultOptions, type LocalSystem, manualClock, seededRandom, startLocal } from '@hiroba/local';
import { installedLayers } from '../../infra/testing/installedLayers.ts';
import { connect, type SeededSystem } from '../../seed/system.ts';

/** In the middle of a day, which notifications are gathered by, and within the life of the API keys. */
export const NOW = Date.UTC(2026, 10, 22, 10);

export interface FaultySystem {
  readonly local: LocalSystem;
  readonly seeded: SeededSystem;
  /** With the root key, whom faults spare. */
  readonly dynamodb: DynamoDBDocumentClient;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  /** Again after an error, as clients do: a function that AppSync waits for may be killed, too. Throws what does not end. */
  ask<Data>(token: string, query: string, variables?: object): Promise<Data>;
  close(): Promise<void>;
}

const MAX_ATTEMPTS = 4;

/** The backend in memory, on a fixed day, with faults. Its randomness is that of the seed. */
export async function openFaultySystem(terraform: string, faults: FaultOptions): Promise<FaultySystem> {
  const local = await startLocal({
    from: terraform,
    port: 0,
    awsPort: 0,
    dataDirectory: null,
    layers: installedLayers,
    clock: manualClock(NOW),
    random: seededRandom(faults.seed),
    mail: { maxSendRate: 10_000, max24HourSend: -1 },
    faults,
  });
  const { accessKeyId, secretAccessKey } = local.credentials;
  const credentialsFile = join(terraform, 'credentials');
  const profile = `[default]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  await writeFile(credentialsFile, profile, { mode: 0o600 });
  const settings = { endpoint: local.endpoints.aws, region: 'us-east-1', credentials: local.credentials };
  const [dynamodb, sqs] = [DynamoDBDocumentClient.from(new DynamoDBClient(settings)), new SQSClient(settings)];
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  const seeded = await connect(`${local.url}/config.json`, credentialsFile);
  return {
    local,
    seeded,
    async ask(token, query, variables = {}) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await seeded.graphql(token, query, variables);
        } catch (error) {
          if (attempt === MAX_ATTEMPTS) throw error;
        }
      }
    },
    dynamodb,
    sqs,
    s3,
    async close() {
      dynamodb.destroy();
      sqs.destroy();
      s3.destroy();
      await local.close();
    },
  };
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { type LocalSystem, startLocal } from '@hiroba/local';
import { readConfig } from '../../infra/config.ts';
import { synthesizeOnce } from '../../infra/program.ts';
import type { tables } from '../../infra/tables.ts';
import { installedLayers } from '../../infra/testing/installedLayers.ts';
import { connect, type SeededSystem } from '../../seed/system.ts';

export interface Worker {
  readonly sub: string;
  readonly token: string;
}

export type Item = Readonly<Record<string, unknown>>;

/** The backend on this machine, its data on disk, as `npm start` has it. */
export interface Workshop {
  readonly system: LocalSystem;
  newMember(name: string): Promise<Worker>;
  /** The mutation is called `done` in the document. Throws when it is refused. */
  mutate<Payload>(worker: Worker, mutation: string, variables: object): Promise<Payload>;
  read(table: keyof typeof tables, key: Item): Promise<Item | undefined>;
  store(table: keyof typeof tables, items: readonly Item[]): Promise<void>;
  close(): Promise<void>;
}

const BATCH = 25;
const BATCHES_AT_A_TIME = 8;
const ENVIRONMENT = { HIROBA_MAILS_PER_SECOND: '10000' };
const CLAIM = 'mutation ($handle: String!) { done: claimHandle(handle: $handle) { userErrors { code } } }';

export async function openWorkshop(): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), 'hiroba-bench-'));
  await synthesizeOnce(process.cwd(), readConfig(['--outdir', join(folder, 'terraform')], ENVIRONMENT));
  const system = await startLocal({
    from: join(folder, 'terraform'),
    port: 0,
    awsPort: 0,
    dataDirectory: join(folder, 'data'),
    layers: installedLayers,
    mail: { maxSendRate: 10_000, max24HourSend: -1 },
  });
  const { credentials, endpoints } = system;
  const seeded = await connect(`${system.url}/config.json`, join(folder, 'data', 'credentials'));
  const client = new DynamoDBClient({ endpoint: endpoints.aws, region: 'us-east-1', credentials });
  const dynamodb = DynamoDBDocumentClient.from(client);

  async function mutate<Payload>({ token }: Worker, mutation: string, variables: object): Promise<Payload> {
    const { done } = await seeded.graphql<{ done: Payload & { userErrors: object[] } }>(token, mutation, variables);
    if (done.userErrors.length > 0) throw new Error(`${mutation}: ${JSON.stringify(done.userErrors)}`);
    return done;
  }

  return {
    system,
    mutate,
    async newMember(name) {
      const member = await signUp(seeded, name);
      await mutate(member, CLAIM, { handle: name });
      return member;
    },
    async read(table, Key) {
      const asked = new GetCommand({ TableName: `hiroba-dev-${table}`, Key, ConsistentRead: true });
      return (await dynamodb.send(asked)).Item;
    },
    async store(table, items) {
      const batches = Array.from({ length: Math.ceil(items.length / BATCH) }, (_, at) =>
        items.slice(at * BATCH, (at + 1) * BATCH),
      );
      const write = async (): Promise<void> => {
        for (let batch = batches.pop(); batch; batch = batches.pop()) {
          const requests = batch.map((Item) => ({ PutRequest: { Item } }));
          await dynamodb.send(new BatchWriteCommand({ RequestItems: { [`hiroba-dev-${table}`]: requests } }));
        }
      };
      await Promise.all(Array.from({ length: BATCHES_AT_A_TIME }, write));
    },
    async close() {
      client.destroy();
      await system.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function signUp(seeded: SeededSystem, name: string): Promise<Worker> {
  const Username = `${name}@example.com`;
  await seeded.cognito('AdminCreateUser', {
    UserPoolId: seeded.userPoolId,
    Username,
    MessageAction: 'SUPPRESS',
    UserAttributes: [
      { Name: 'email', Value: Username },
      { Name: 'email_verified', Value: 'true' },
    ],
  });
  const token = await seeded.signIn(Username);
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string };
  return { sub: claims.sub, token };
}

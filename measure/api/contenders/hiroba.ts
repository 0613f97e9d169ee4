/** Hiroba's local system in memory, from the Terraform of this working copy, with a square in it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalSystem, startLocal } from '@hiroba/local';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { readConfig } from '../../../infra/config.ts';
import { synthesizeOnce } from '../../../infra/program.ts';
import { tables } from '../../../infra/tables.ts';
import { installedLayers } from '../../../infra/testing/installedLayers.ts';
import { emailOf } from '../../../seed/people.ts';
import { replay } from '../../../seed/replay.ts';
import { obey } from '../../child.ts';
import { connectTo } from '../../connectTo.ts';
import { cpuProfiler } from '../../cpuProfiler.ts';
import type { Data, Item, Setting } from '../data.ts';
import { apiPlan, viewer, writer } from '../plan.ts';

const ENVIRONMENT = { HIROBA_MAILS_PER_SECOND: '10000' };
const MAIL = { maxSendRate: 10_000, max24HourSend: -1 };

let running: { readonly system: LocalSystem; readonly folder: string } | undefined;
const profiler = cpuProfiler();

async function start(): Promise<{ readonly url: string; readonly setting: Setting }> {
  const folder = await mkdtemp(join(tmpdir(), 'hiroba-bench-'));
  const terraform = join(folder, 'terraform');
  await synthesizeOnce(process.cwd(), readConfig(['--outdir', terraform], ENVIRONMENT));
  const system = await startLocal({
    from: terraform,
    port: 0,
    awsPort: 0,
    dataDirectory: null,
    layers: installedLayers,
    mail: MAIL,
  });
  running = { system, folder };
  const { configuration } = system;
  if (!configuration?.userPoolId || !configuration.userPoolClientId) throw new Error('the Terraform has no sign-in');
  const seeded = await connectTo(system, folder);
  const now = Date.now();
  await replay(seeded, apiPlan(), { until: now, progress: () => undefined });
  await seeded.control('clock', { Time: new Date().toISOString() });
  await system.idle();
  const { userPoolId, userPoolClientId: clientId } = configuration;
  const jwks: unknown = await (await fetch(`${system.url}/${userPoolId}/.well-known/jwks.json`)).json();
  const tokens = {
    viewer: await seeded.signIn(emailOf(viewer)),
    writer: await seeded.signIn(emailOf(writer)),
  };
  const setting = { data: await dataOf(system), pool: { userPoolId, clientId, jwks }, tokens };
  return { url: configuration.endpoint, setting };
}

async function dataOf({ endpoints, credentials }: LocalSystem): Promise<Data> {
  const client = new DynamoDBClient({ endpoint: endpoints.aws, region: 'us-east-1', credentials });
  const documents = DynamoDBDocumentClient.from(client);
  const data = new Map<string, readonly Item[]>();
  for (const table of Object.keys(tables)) {
    const items: Item[] = [];
    const pages = paginateScan({ client: documents }, { TableName: `hiroba-dev-${table}`, ConsistentRead: true });
    for await (const { Items = [] } of pages) items.push(...Items);
    data.set(table, items);
  }
  client.destroy();
  return Object.fromEntries(data) as Data;
}

obey(
  {
    start,
    /** Until everything that follows from what was written is done. */
    idle: () => running?.system.idle(),
    profile: () => profiler.start(),
    profiled: () => profiler.stop(),
  },
  async () => {
    await running?.system.close();
    if (running) await rm(running.folder, { recursive: true });
  },
);

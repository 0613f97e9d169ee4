import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { createAlarms } from '../../src/alarms.ts';
import { createCredentials, type AccessKey } from '../../src/aws/credentials.ts';
import { createAwsPort } from '../../src/aws/port.ts';
import { manualClock, type ManualClock, movableClock, type MovableClock } from '../../src/clock.ts';
import { openDatabase } from '../../src/database.ts';
import { iamDefinition } from '../../src/definitions/iam.ts';
import { resourceSet } from '../../src/definitions/resourceSet.ts';
import { bucketDefinitions, declaredObjects } from '../../src/definitions/s3/index.ts';
import type { JsonObject } from '../../src/json.ts';
import { systemRandom } from '../../src/random.ts';
import type { AttributeContext, ResolvedResource } from '../../src/resources/resourceType.ts';
import { createIam } from '../../src/services/iam/index.ts';
import { createS3, type S3 } from '../../src/services/s3/index.ts';
import { supportedResources } from '../../src/supported.ts';

export const REGION = 'eu-central-1';
const account = { region: REGION, accountId: '123456789012' };
export const ROOT_KEY: AccessKey = { accessKeyId: 'AKIAROOTROOTROOTROOT', secretAccessKey: 'root-secret' };
/** 2026-11-22T10:30:00Z, the local clock's time at the start. */
export const START = Date.UTC(2026, 10, 22, 10, 30);
export const DAY = 86_400_000;

/** Resources by type and name. */
export interface Terraform {
  [type: string]: Record<string, JsonObject>;
}

export interface SentEvent {
  readonly kind: 'queue' | 'function';
  readonly arn: string;
  readonly body: JsonObject;
}

export interface Store {
  readonly url: string;
  readonly port: number;
  /** Of the local system; stands still. */
  readonly clock: MovableClock;
  /** Of the machine, by which signatures are dated. Runs, unless a test sets it. */
  readonly wallClock: ManualClock;
  readonly s3: S3;
  readonly folder: string;
  readonly root: S3Client;
  /** A client of `aws_iam_role.NAME`. */
  as(role: string, config?: S3ClientConfig): S3Client;
  client(config?: S3ClientConfig): S3Client;
  keyOf(role: string): AccessKey;
  readonly rootKey: AccessKey;
  readonly events: SentEvent[];
  /** Events are refused with this until it is null again. */
  refuseEvents(reason: string | null): void;
  readonly lines: string[];
  apply(terraform: Terraform): Promise<void>;
  close(): Promise<void>;
}

export interface StoreOptions {
  readonly folder: string;
  /** Beside the stack, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Why events are refused from the start. */
  readonly refused?: string | null;
}

/** S3 behind the AWS port, on a free port, with IAM and the buckets of some Terraform. */
export async function startStore(
  terraform: Terraform,
  { folder, files = {}, refused = null }: StoreOptions,
): Promise<Store> {
  const clock = movableClock();
  clock.set(START);
  const wallClock = runningClock();
  const alarms = createAlarms(clock);
  const credentials = createCredentials({ random: systemRandom });
  credentials.register(ROOT_KEY, { arn: `arn:aws:iam::${account.accountId}:root` });
  const iam = createIam({ account, clock });
  const database = openDatabase(join(folder, 'local.db'));
  const events: SentEvent[] = [];
  const lines: string[] = [];
  let refusal: string | null = refused;
  const take = async (kind: SentEvent['kind'], arn: string, body: string): Promise<void> => {
    if (refusal !== null) throw new Error(refusal);
    events.push({ kind, arn, body: JSON.parse(body) as JsonObject });
  };
  const s3 = createS3({
    database,
    folder: () => join(folder, 'objects'),
    account,
    clock,
    wallClock,
    random: systemRandom,
    alarms,
    credentials,
    authorizer: iam,
    targets: {
      sendToQueue: (arn, body) => take('queue', arn, body),
      invokeFunction: (arn, body) => take('function', arn, body),
    },
    log: (line) => void lines.push(line),
  });
  const apply = async (next: Terraform): Promise<void> => {
    const resources = resourceSet(resolved({ aws_s3_bucket: { pictures: { bucket: 'pictures' } }, ...next }));
    const buckets = bucketDefinitions(resources);
    await iam.replace(iamDefinition(resources, account.accountId));
    await s3.check(buckets);
    await s3.replace(
      buckets,
      declaredObjects(resources, (_, path) => Buffer.from(files[path] ?? '')),
    );
  };
  await apply(terraform);
  const server = createServer(
    createAwsPort({
      services: [],
      streamedServices: [s3],
      credentials,
      authorizer: iam,
      region: REGION,
      wallClock,
      random: systemRandom,
      onDefect: ({ error }) => void lines.push(`defect: ${error instanceof Error ? error.stack : String(error)}`),
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const clients: S3Client[] = [];
  const client = (config: S3ClientConfig = {}): S3Client => {
    const made = new S3Client({ endpoint: url, region: REGION, credentials: ROOT_KEY, maxAttempts: 1, ...config });
    clients.push(made);
    return made;
  };
  const keyOf = (role: string): AccessKey =>
    credentials.sessionFor({ arn: `arn:aws:iam::${account.accountId}:role/${role}`, address: `aws_iam_role.${role}` });
  const store: Store = {
    url,
    port,
    clock,
    wallClock,
    s3,
    folder,
    root: client(),
    as: (role, config = {}) => client({ credentials: keyOf(role), ...config }),
    client,
    keyOf,
    rootKey: ROOT_KEY,
    events,
    refuseEvents: (reason) => {
      refusal = reason;
    },
    lines,
    apply,
    async close() {
      for (const one of clients) one.destroy();
      s3.close();
      alarms.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      database.close();
    },
  };
  return store;
}

/** The machine's time until it is set or moved on; then it stands still. */
function runningClock(): ManualClock {
  let moved: ManualClock | null = null;
  return {
    now: () => moved?.now() ?? Date.now(),
    set: (time) => void (moved = manualClock(time)),
    advance: (milliseconds) => void (moved = manualClock((moved?.now() ?? Date.now()) + milliseconds)),
  };
}

const context: AttributeContext = {
  account,
  makeId: (address, length) =>
    address
      .replace(/[^a-z]/g, '')
      .padEnd(length, '0')
      .slice(-length),
  endpoints: { graphql: 'http://localhost/graphql', realtime: 'ws://localhost', aws: 'http://127.0.0.1' },
};

function resolved(terraform: Terraform): ResolvedResource[] {
  return Object.entries(terraform).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, args]) => {
      const declared = { type, name, address: `${type}.${name}`, args };
      const known = supportedResources[type]?.attributes(declared, context) ?? {};
      return { ...declared, attributes: { ...args, ...known } } as unknown as ResolvedResource;
    }),
  );
}

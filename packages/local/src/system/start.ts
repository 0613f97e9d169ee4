import { createServer, type RequestListener } from 'node:http';
import type { AccessKey } from '../aws/credentials.ts';
import { createAwsPort } from '../aws/port.ts';
import { type Clock, movableClock, type MovableClock, systemClock } from '../clock.ts';
import { roleSession } from '../control/roleSession.ts';
import { controlRoutes } from '../control/routes.ts';
import { createFaults, type FaultOptions, type Faults } from '../faults/faults.ts';
import type { LayerPackages } from '../definitions/layers.ts';
import { openDataFolder } from '../data/folder.ts';
import { idMaker } from '../data/ids.ts';
import { type Random, systemRandom } from '../random.ts';
import type { Endpoints } from '../resources/resourceType.ts';
import { createApiPort } from '../server/apiPort.ts';
import { type ClientConfiguration, clientConfiguration } from '../server/clientConfiguration.ts';
import { outboxPage } from '../server/outbox/pages.ts';
import type { Page } from '../server/pages.ts';
import { createDataPlane } from '../services/appsync/dataPlane.ts';
import type { ObservedEvaluation } from '../services/appsync/javascript/observedRuntime.ts';
import type { Event } from '../services/eventbridge/index.ts';
import type { Grant } from '../services/iam/index.ts';
import type { OutboxMessage } from '../services/outbox/index.ts';
import { messageJson } from '../services/outbox/json.ts';
import { DEFAULT_SENDING_LIMITS, type SendingLimits } from '../services/sesv2/index.ts';
import { readTerraform } from '../terraform/index.ts';
import { type Applied, apply } from './apply.ts';
import { listen } from './listen.ts';
import type { Log } from './log.ts';
import { settle } from './mappings.ts';
import type { OnCall } from './observe.ts';
import { createEitherServer } from '../tls/eitherServer.ts';
import { authorityPage, keepCertificates } from '../tls/keptCertificates.ts';
import { accountOf, defineSystem, type Inventory } from './readSystem.ts';
import { createServices, endServices } from './services.ts';
import { createTraveller, type Journey } from './travel.ts';

export interface LocalOptions {
  /** The folder of Terraform JSON. */
  readonly from: string;
  /** 0: any free one. */
  readonly port: number;
  readonly awsPort: number;
  /** Where the data is kept; null: in memory. */
  readonly dataDirectory: string | null;
  readonly clock?: Clock;
  readonly random?: Random;
  /** Which installed packages stand for which layers of functions. */
  readonly layers?: readonly LayerPackages[];
  /** The folder of the project that has these packages installed; by default the working directory. */
  readonly layersFrom?: string;
  /** How much mail may be sent; by default 14 recipients a second (of the machine's time) and 50,000 in 24 hours. */
  readonly mail?: Partial<SendingLimits>;
  /** What is to go wrong, as it may on AWS; nothing by default. */
  readonly faults?: FaultOptions;
  /** DynamoDB refuses what is beyond the capacity of its tables, indexes and partition keys, as on AWS; by default it serves all. */
  readonly throttle?: boolean;
  /** Pages beside the API, by path. */
  readonly pages?: (path: string) => Promise<Page | null>;
  /** One line each: requests, handlers' logs, defects. */
  readonly onLog?: Log;
  /** Told of every run of a resolver's or function's handler, as for recording contexts. */
  readonly onEvaluation?: (observed: ObservedEvaluation) => void;
  /** Told of each call that AWS would meter, with what it used. */
  readonly onCall?: OnCall;
  /** Told how long each phase of the start took, in milliseconds. */
  readonly onPhase?: (phase: string, milliseconds: number) => void;
}

export interface LocalSystem {
  /** `http://localhost:4000` */
  readonly url: string;
  readonly endpoints: Endpoints;
  /** Null when the Terraform has no GraphQL API. */
  readonly configuration: ClientConfiguration | null;
  /** What signed the certificate of `https:` and `wss:` at the API's port, as PEM. */
  readonly certificateAuthority: string;
  /** The root key of the AWS port. */
  readonly credentials: AccessKey;
  readonly clock: MovableClock;
  /** The faults that were injected so far. */
  readonly faults: Pick<Faults, 'counts'>;
  readonly inventory: Inventory;
  /** Every action on every resource that a role's policies grant, and whether a call has made use of it since the start. */
  permissions(): readonly Grant[];
  messages(recipient?: string): readonly OutboxMessage[];
  /** What an event bus accepted, oldest first; the last 1,000 since the start. */
  events(busName?: string): readonly Event[];
  /** A note that is kept with the data, as that it was seeded. */
  readonly marks: { read(name: string): string | null; write(name: string, value: string): void };
  /**
   * Moves the clock forward through all that is due until then (epoch milliseconds), as `npm run clock` does; see `Traveller`.
   * `clock.set` jumps over it.
   */
  travel(to: number): Promise<Journey>;
  /** Reads the folder again. When it throws, what was running goes on. */
  reload(): Promise<void>;
  /** Resolves when stream records, visible messages of queues that feed functions, and events are handled. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Runs a folder of Terraform JSON in this process. */
export async function startLocal(options: LocalOptions): Promise<LocalSystem> {
  const { from, random = systemRandom, onLog: log = () => undefined, onPhase = () => undefined } = options;
  const timed = phaseTimer(onPhase);
  const configuration = readTerraform(from);
  const account = accountOf(configuration);
  timed('read');

  const listeners: { api: RequestListener; aws: RequestListener } = { api: refuseUntilReady, aws: refuseUntilReady };
  const folder = openDataFolder(options.dataDirectory, random);
  const certificates = keepCertificates(folder.path);
  const apiServer = createEitherServer(certificates, (request, response) => void listeners.api(request, response));
  const awsServer = createServer((request, response) => void listeners.aws(request, response));
  const closeServers = async (): Promise<void> => {
    awsServer.closeAllConnections();
    await Promise.all([apiServer.close(), new Promise((done) => awsServer.close(done))]);
    folder.close();
  };
  /** What has to end before the database is closed, also when the start fails half way. */
  let end = async (): Promise<void> => undefined;
  try {
    const port = await listen(apiServer.server, options.port, '--port');
    const awsPort = await listen(awsServer, options.awsPort, '--aws-port');
    const endpoints: Endpoints = {
      graphql: `http://localhost:${port}/graphql`,
      realtime: `ws://localhost:${port}/graphql/realtime`,
      // Not by name: SDKs reach buckets below an address by path, and below a name by names that a laptop cannot resolve.
      aws: `http://127.0.0.1:${awsPort}`,
    };
    const clock = movableClock(options.clock ?? systemClock);
    const { onCall, onEvaluation } = options;
    const mail = { ...DEFAULT_SENDING_LIMITS, ...options.mail };
    const services = createServices({
      account,
      clock,
      random,
      folder,
      endpoints,
      log,
      mail,
      faults: createFaults(options.faults ?? NO_FAULTS),
      throttle: options.throttle ?? false,
      onCall,
      onEvaluation,
    });
    end = () => endServices(services);
    timed('open');
    const layers = { layers: options.layers ?? [], from: options.layersFrom ?? process.cwd() };
    const makeId = idMaker(folder.salt);
    const define = (read = configuration) => defineSystem(read, { account, makeId, endpoints, layers });
    let applied: Applied = await apply(services, define(), null);
    timed('load');

    const idle = (): Promise<void> => settle(services, applied.definition, applied.mappings);
    const sweep = (): void => {
      services.dynamodb.sweepExpired();
      services.sqs.sweepExpired();
    };
    const traveller = createTraveller({
      clock,
      alarms: services.alarms,
      nextExpiry: services.dynamodb.nextExpiry,
      sweep,
      settle: idle,
      onScheduleRun: (listener) => services.scheduler.onRun((name, attempt) => attempt === 1 && listener(name)),
    });
    const clients = (): ClientConfiguration | null => {
      const { api, cognito, identityPools, forClients, distributions } = applied.definition;
      const siteDomain = distributions[0]?.domainName;
      const [identityPool] = identityPools;
      const userPoolClientId = forClients.userPoolClientId ?? cognito.clients[0]?.clientId ?? null;
      const client = cognito.clients.find(({ clientId }) => clientId === userPoolClientId);
      const pool = cognito.pools.find(({ poolId }) => poolId === client?.poolId);
      const hasLoginPage = client?.oauth !== undefined && pool?.hasDomain === true;
      const { apiKey } = forClients;
      return (
        api && clientConfiguration({ api, endpoints, userPoolClientId, identityPool, hasLoginPage, apiKey, siteDomain })
      );
    };
    const apiPort = createApiPort({
      served: () => {
        const client = clients();
        return applied.appsync && client ? { appsync: applied.appsync, configuration: client } : null;
      },
      cloudfront: services.cloudfront,
      cognito: services.cognito,
      pages: async (path, query) =>
        authorityPage(certificates, path) ??
        outboxPage(services.outbox, path, query) ??
        (await options.pages?.(path)) ??
        null,
      log,
    });
    apiServer.onUpgrade(apiPort.onUpgrade);
    listeners.api = apiPort.onRequest;
    listeners.aws = createAwsPort({
      services: [
        services.dynamodb,
        services.cognito,
        services.identities,
        services.lambda,
        services.scheduler,
        services.ses,
        services.sqs,
        services.ssm,
        services.logs,
        createDataPlane(services),
      ],
      streamedServices: [services.s3],
      credentials: services.credentials,
      authorizer: services.iam,
      region: account.region,
      wallClock: systemClock,
      localClock: clock,
      random,
      adminRoutes: controlRoutes({
        clock,
        traveller,
        messages: (recipient) => services.outbox.list(recipient === null ? {} : { to: recipient }).map(messageJson),
        idle,
        signInAs: services.cognito.signInAs,
        roleSession: (name) => roleSession(services.credentials, applied.definition.iam, name),
        runSchedule: services.scheduler.runNow,
        permissions: services.iam.usage,
      }),
      onDefect: ({ requestId, operation, error }) =>
        log(`error in ${operation} (request ${requestId}): ${stackOf(error)}`),
    });
    services.alarms.every(SWEEP_MILLISECONDS, sweep);

    let reloading: Promise<void> = Promise.resolve();
    return {
      url: `http://localhost:${port}`,
      endpoints,
      get configuration() {
        return clients();
      },
      get inventory() {
        return applied.definition.inventory;
      },
      get certificateAuthority() {
        return certificates().authority;
      },
      credentials: services.rootKey,
      clock,
      faults: services.faults,
      messages: (recipient) => services.outbox.list(recipient === undefined ? {} : { to: recipient }),
      events: (busName = 'default') => services.eventBridge.events(busName),
      permissions: services.iam.usage,
      marks: { read: folder.readMark, write: folder.writeMark },
      reload() {
        // One after the other: a second change may come while the first is being applied.
        const next = reloading.then(async () => {
          applied = await apply(services, define(readTerraform(from)), applied);
        });
        reloading = next.catch(() => undefined);
        return next;
      },
      travel: async (to) => traveller.travel(to),
      idle,
      async close() {
        traveller.cancel();
        services.alarms.close();
        await Promise.all([...applied.mappings.values()].map(({ mapping }) => mapping.stop()));
        apiPort.close();
        applied.appsync?.close();
        await end();
        await closeServers();
        services.objects.close();
      },
    };
  } catch (error) {
    await end();
    await closeServers();
    throw error;
  }
}

const NO_FAULTS: FaultOptions = { seed: '', rates: {} };

/** DynamoDB deletes expired items within days; here it takes a minute at most. */
const SWEEP_MILLISECONDS = 60_000;

const refuseUntilReady: RequestListener = (_request, response) => {
  response.writeHead(503, { 'content-type': 'text/plain', 'retry-after': '1' });
  response.end('Starting.\n');
};

function phaseTimer(onPhase: (phase: string, milliseconds: number) => void): (phase: string) => void {
  let since = performance.now();
  return (phase) => {
    const now = performance.now();
    onPhase(phase, now - since);
    since = now;
  };
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

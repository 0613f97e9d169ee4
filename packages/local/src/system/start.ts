import { createServer, type RequestListener } from 'node:http';
import type { AccessKey } from '../aws/credentials.ts';
import { createAwsPort } from '../aws/port.ts';
import { type Clock, movableClock, type MovableClock, systemClock } from '../clock.ts';
import { controlRoutes } from '../control/routes.ts';
import { openDataFolder } from '../data/folder.ts';
import { idMaker } from '../data/ids.ts';
import { type Random, systemRandom } from '../random.ts';
import type { Endpoints } from '../resources/resourceType.ts';
import { createApiPort } from '../server/apiPort.ts';
import { type ClientConfiguration, clientConfiguration } from '../server/clientConfiguration.ts';
import type { Page } from '../server/pages.ts';
import { createDataPlane } from '../services/appsync/dataPlane.ts';
import type { ObservedEvaluation } from '../services/appsync/javascript/observedRuntime.ts';
import type { OutboxMessage } from '../services/outbox/index.ts';
import { readTerraform } from '../terraform/index.ts';
import { type Applied, apply } from './apply.ts';
import { listen } from './listen.ts';
import type { Log } from './log.ts';
import { settle } from './mappings.ts';
import type { OnCall } from './observe.ts';
import { accountOf, defineSystem, type Inventory } from './readSystem.ts';
import { createServices } from './services.ts';

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
  /** The root key of the AWS port. */
  readonly credentials: AccessKey;
  readonly clock: MovableClock;
  readonly inventory: Inventory;
  messages(recipient?: string): readonly OutboxMessage[];
  /** A note that is kept with the data, as that it was seeded. */
  readonly marks: { read(name: string): string | null; write(name: string, value: string): void };
  /** Reads the folder again. When it throws, what was running goes on. */
  reload(): Promise<void>;
  /** Resolves when every stream record written so far is handled. */
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
  const apiServer = createServer((request, response) => void listeners.api(request, response));
  const awsServer = createServer((request, response) => void listeners.aws(request, response));
  const folder = openDataFolder(options.dataDirectory, random);
  const closeServers = async (): Promise<void> => {
    await Promise.all(
      [apiServer, awsServer].map((server) => (server.closeAllConnections(), new Promise((done) => server.close(done)))),
    );
    folder.close();
  };
  try {
    const port = await listen(apiServer, options.port, '--port');
    const awsPort = await listen(awsServer, options.awsPort, '--aws-port');
    const endpoints: Endpoints = {
      graphql: `http://localhost:${port}/graphql`,
      realtime: `ws://localhost:${port}/graphql/realtime`,
      aws: `http://localhost:${awsPort}`,
    };
    const clock = movableClock(options.clock ?? systemClock);
    const { onCall, onEvaluation } = options;
    const services = createServices({ account, clock, random, folder, endpoints, log, onCall, onEvaluation });
    timed('open');
    const define = (read = configuration) => defineSystem(read, { account, makeId: idMaker(folder.salt), endpoints });
    let applied: Applied = await apply(services, define(), null);
    timed('load');

    const idle = (): Promise<void> => settle(services, applied.definition, applied.mappings);
    const clients = (): ClientConfiguration | null => {
      const { api, cognito, forClients } = applied.definition;
      const userPoolClientId = forClients.userPoolClientId ?? cognito.clients[0]?.clientId ?? null;
      return api && clientConfiguration({ api, endpoints, userPoolClientId, apiKey: forClients.apiKey });
    };
    const apiPort = createApiPort({
      served: () => {
        const client = clients();
        return applied.appsync && client ? { appsync: applied.appsync, configuration: client } : null;
      },
      cloudfront: services.cloudfront,
      pages: options.pages ?? (() => Promise.resolve(null)),
      log,
    });
    apiServer.on('upgrade', apiPort.onUpgrade);
    listeners.api = apiPort.onRequest;
    listeners.aws = createAwsPort({
      services: [services.dynamodb, services.cognito, services.lambda, createDataPlane(services)],
      credentials: services.credentials,
      authorizer: services.iam,
      region: account.region,
      wallClock: systemClock,
      random,
      adminRoutes: controlRoutes({
        clock,
        messages: (recipient) =>
          services.outbox.list(recipient === null ? {} : { to: recipient }).map((message) => ({ ...message })),
        idle,
        signInAs: services.cognito.signInAs,
        unusedPermissions: () =>
          services.iam
            .usage()
            .filter(({ used }) => !used)
            .map((grant) => ({ ...grant })),
      }),
      onDefect: ({ requestId, operation, error }) =>
        log(`error in ${operation} (request ${requestId}): ${stackOf(error)}`),
    });
    const expiry = setInterval(() => services.dynamodb.sweepExpired(), SWEEP_MILLISECONDS).unref();

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
      credentials: services.rootKey,
      clock,
      messages: (recipient) => services.outbox.list(recipient === undefined ? {} : { to: recipient }),
      marks: { read: folder.readMark, write: folder.writeMark },
      reload() {
        // One after the other: a second change may come while the first is being applied.
        const next = reloading.then(async () => {
          applied = await apply(services, define(readTerraform(from)), applied);
        });
        reloading = next.catch(() => undefined);
        return next;
      },
      idle,
      async close() {
        clearInterval(expiry);
        await Promise.all([...applied.mappings.values()].map(({ mapping }) => mapping.stop()));
        apiPort.close();
        applied.appsync?.close();
        await services.lambda.close();
        await closeServers();
      },
    };
  } catch (error) {
    await closeServers();
    throw error;
  }
}

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

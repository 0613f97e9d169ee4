import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import type { Authorizer, Principal } from '../../aws/service.ts';
import type { Clock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import type { Verifiers } from './authorization/authenticate.ts';
import { compileApi } from './compile.ts';
import { createPageTokens } from './dataSources/dynamodb/pageTokens.ts';
import type { DynamoDB } from './dataSources/dynamodb/table.ts';
import type { PutEvents } from './dataSources/eventBridge.ts';
import type { AskAws, Credentials } from './dataSources/http.ts';
import type { InvokeLambda } from './dataSources/lambda.ts';
import { createHttpHandler, type HttpRequest } from './http/handle.ts';
import type { HttpResponse } from './http/response.ts';
import { createTraceIds } from './http/traceId.ts';
import type { JavaScriptRuntime } from './javascript/runtime.ts';
import type { AppSyncApi } from './model.ts';
import { createModuleCache } from './moduleCache.ts';
import { openConnection, type Connection, type Every } from './realtime/connection.ts';
import { acceptsSubprotocols } from './realtime/handshake.ts';
import { createPublisher } from './realtime/publish.ts';
import type { OnRequest } from './requestSummary.ts';

export { DeploymentRefused } from './deploymentRefused.ts';
export { EXPOSED_HEADERS } from './http/response.ts';
export type { HttpRequest } from './http/handle.ts';
export type { HttpResponse } from './http/response.ts';
export type { AskAws, AwsHttpRequest, HttpAnswer } from './dataSources/http.ts';
export type { RequestSummary } from './requestSummary.ts';

export interface AppSyncOptions extends Pick<Verifiers, 'verifyUserPoolToken' | 'verifySignature'> {
  readonly api: AppSyncApi;
  readonly clock: Clock;
  readonly random: Random;
  readonly javascript: JavaScriptRuntime;
  readonly dynamodb: DynamoDB;
  readonly invokeLambda: InvokeLambda;
  readonly authorizer: Authorizer;
  /** For HTTP data sources; default: the global one. */
  readonly fetch?: typeof fetch;
  /** What HTTP data sources with AWS_IAM authorization sign with; without it they refuse. */
  readonly credentials?: (principal: Principal) => Credentials;
  /** Answers what HTTP data sources send to AWS's own names; without it, that goes over the network. */
  readonly askAws?: AskAws;
  /** Takes what EventBridge data sources send; without it they refuse. */
  readonly putEvents?: PutEvents;
  /** What resolvers write with `console.log`. */
  readonly onLog?: (line: string) => void;
  /** Told of each run of a field's resolver, as `Post.author`. */
  readonly onResolverRun?: (field: string) => void;
  /** Told of each request when it is answered. */
  readonly onRequest?: OnRequest;
  /** A defect of this package, whose request got an internal failure for an answer; default: prints it. */
  readonly onDefect?: (error: unknown) => void;
  /** The keep-alive timer; default: `setInterval`. */
  readonly every?: Every;
}

/** One running GraphQL API. */
export interface AppSync {
  /** `POST` and `GET /graphql`. */
  handle(request: HttpRequest): Promise<HttpResponse>;
  /** Takes over a socket that was upgraded at `/graphql/realtime`. */
  connect(socket: WebSocket, request: IncomingMessage): void;
  /** What to answer `Sec-WebSocket-Protocol` with; false: nothing. */
  acceptsSubprotocols(header: string | undefined): string | false;
  /** Serves another version of the API from now on. Throws `DeploymentRefused`, and then serves the old one still. */
  replace(api: AppSyncApi): void;
  /** Closes every connection. */
  close(): void;
}

/** Throws `DeploymentRefused` for an API that AppSync would refuse to deploy. */
export function createAppSync(options: AppSyncOptions): AppSync {
  const { random, verifyUserPoolToken, verifySignature, clock, authorizer } = options;
  const modules = createModuleCache(options.javascript);
  const compileServices = {
    ...options,
    javascript: modules,
    fetch: options.fetch ?? fetch,
    tokens: createPageTokens(random),
  };
  const compile = (api: AppSyncApi) => {
    const version = compileApi(api, compileServices);
    modules.keepUsed();
    return version;
  };
  const verifiers = { clock, verifyUserPoolToken, verifySignature };
  const { onResolverRun } = options;
  const services = {
    authorizer,
    onLog: options.onLog ?? (() => undefined),
    ...(onResolverRun ? { onResolverRun } : {}),
  };
  const onDefect = options.onDefect ?? ((error: unknown) => console.error(error));
  const newRequestId = () => uuid(random);
  const connections = new Set<Connection>();
  let compiled = compile(options.api);

  const publisher = createPublisher({
    publish: (subscriptionField, payload) => {
      for (const connection of connections) {
        try {
          connection.publish(subscriptionField, payload);
        } catch (error) {
          // The mutation has succeeded: its caller must not suffer from a subscriber's delivery.
          onDefect(error);
        }
      }
    },
    invalidate: (invalidation) => {
      for (const connection of connections) connection.invalidate(invalidation);
    },
  });
  const newTraceId = createTraceIds(options);
  const { onRequest } = options;
  const shared = { compiled: () => compiled, verifiers, services, newRequestId, newTraceId, onDefect, onRequest };

  return {
    handle: createHttpHandler({ ...shared, publisher }),
    connect(socket, request) {
      const every = options.every ?? everyInterval;
      const onClose = (closed: Connection) => void connections.delete(closed);
      connections.add(openConnection(socket, request, { ...shared, every, onClose }));
    },
    acceptsSubprotocols,
    replace(api) {
      compiled = compile(api);
      for (const connection of connections) connection.rebind(compiled);
    },
    close() {
      for (const connection of connections) connection.close(1001, 'The server is going away');
    },
  };
}

function everyInterval(milliseconds: number, callback: () => void): () => void {
  const interval = setInterval(callback, milliseconds);
  interval.unref();
  return () => clearInterval(interval);
}

/** A version 4 UUID from injected randomness. */
function uuid(random: Random): string {
  const bytes = random.bytes(16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

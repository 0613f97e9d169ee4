import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { AwsError } from '../../src/aws/error.ts';
import type { Access, Authorizer, Principal } from '../../src/aws/service.ts';
import { manualClock } from '../../src/clock.ts';
import { openDatabase } from '../../src/database.ts';
import { seededRandom } from '../../src/random.ts';
import {
  createAppSync,
  type AppSync,
  type AppSyncOptions,
  type HttpResponse,
} from '../../src/services/appsync/index.ts';
import { createJavaScriptRuntime } from '../../src/services/appsync/javascript/index.ts';
import type { AppSyncApi, DataSourceDefinition, ResolverDefinition } from '../../src/services/appsync/model.ts';
import { createDynamoDb } from '../../src/services/dynamodb/index.ts';

export const API_KEY = 'da2-testkey';
export const NOW = Date.parse('2026-03-01T12:00:00Z');
export const POOL_ID = 'us-east-1_Local';
export const REQUEST_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const READER: Principal = { arn: 'arn:aws:iam::123456789012:role/reader', address: 'aws_iam_role.reader' };

export const DATA_SOURCES: readonly DataSourceDefinition[] = [
  { name: 'none', address: 'aws_appsync_datasource.none', type: 'NONE' },
  {
    name: 'posts',
    address: 'aws_appsync_datasource.posts',
    type: 'AMAZON_DYNAMODB',
    tableName: 'Posts',
    principal: READER,
  },
  {
    name: 'function',
    address: 'aws_appsync_datasource.function',
    type: 'AWS_LAMBDA',
    functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:answer',
    principal: READER,
  },
  { name: 'web', address: 'aws_appsync_datasource.web', type: 'HTTP', endpoint: 'https://api.example.com' },
  {
    name: 'search',
    address: 'aws_appsync_datasource.search',
    type: 'NOT_EMULATED',
    awsType: 'AMAZON_OPENSEARCH_SERVICE',
  },
];

const IMPORTS = `import { util, runtime, extensions } from '@aws-appsync/utils';
import * as ddb from '@aws-appsync/utils/dynamodb';
`;

/** Code with both handlers; by default a NONE resolver's that returns its payload. */
export function code(request: string, response = 'return ctx.result;'): string {
  return `${IMPORTS}export function request(ctx) { ${request} }\nexport function response(ctx) { ${response} }\n`;
}

/** Code of a NONE resolver that returns the value of an expression. */
export const returns = (expression: string): string => code(`return { payload: ${expression} };`);

/** A resolver per field: `Query.post` with its code and data source, or its pipeline. */
export type Resolvers = Readonly<Record<string, string | ResolverSpec>>;
export interface ResolverSpec {
  readonly dataSource?: string;
  readonly code?: string;
  readonly maxBatchSize?: number;
  /** Functions of a pipeline. */
  readonly functions?: readonly { readonly dataSource?: string; readonly code: string }[];
}

function definitions(resolvers: Resolvers) {
  const functions: AppSyncApi['functions'][number][] = [];
  const definitionsOf = Object.entries(resolvers).map(([coordinate, given]): ResolverDefinition => {
    const spec = typeof given === 'string' ? { code: given } : given;
    const [typeName = '', fieldName = ''] = coordinate.split('.');
    const label = coordinate.replace('.', '_');
    const functionIds = (spec.functions ?? []).map((step, index) => {
      const functionId = `${label}_${index}`;
      functions.push({
        functionId,
        name: functionId,
        address: `aws_appsync_function.${functionId}`,
        dataSource: step.dataSource ?? 'none',
        code: step.code,
      });
      return functionId;
    });
    return {
      typeName,
      fieldName,
      address: `aws_appsync_resolver.${label}`,
      code: spec.code,
      kind: spec.functions === undefined ? 'UNIT' : 'PIPELINE',
      dataSource: spec.functions === undefined ? (spec.dataSource ?? 'none') : undefined,
      functionIds,
      maxBatchSize: spec.maxBatchSize ?? 0,
    };
  });
  return { functions, resolvers: definitionsOf };
}

export interface ApiSpec extends Partial<Omit<AppSyncApi, 'schema' | 'resolvers' | 'functions'>> {
  readonly schema: string;
  readonly resolvers?: Resolvers;
}

export function api({ resolvers = {}, ...overrides }: ApiSpec): AppSyncApi {
  return {
    apiId: 'abc123',
    arn: 'arn:aws:appsync:us-east-1:123456789012:apis/abc123',
    name: 'notes',
    region: 'us-east-1',
    accountId: '123456789012',
    defaultAuthentication: { type: 'API_KEY' },
    additionalAuthentication: [],
    apiKeys: [{ key: API_KEY, expires: NOW + 1000 }],
    introspection: true,
    queryDepthLimit: 0,
    resolverCountLimit: 0,
    environment: {},
    dataSources: DATA_SOURCES,
    ...definitions(resolvers),
    ...overrides,
  };
}

/** Allows what is not in `denied`, as `dynamodb:PutItem` or a resource's ARN, and remembers what was asked. */
export function recordingAuthorizer(denied: readonly string[] = []): Authorizer & { readonly asked: Access[] } {
  const asked: Access[] = [];
  return {
    asked,
    authorize(principal, access) {
      asked.push(access);
      if (!denied.includes(access.action) && !denied.includes(access.resource)) return;
      const text = `User: ${principal.arn} is not authorized to perform: ${access.action} on resource: ${access.resource}`;
      throw new AwsError('AccessDeniedException', text);
    },
  };
}

/** A token whose payload is `claims`; the fake pool takes the signature `valid` for good. */
export function token(claims: Readonly<Record<string, unknown>>, signature = 'valid'): string {
  const payload = { iss: `https://cognito-idp.us-east-1.amazonaws.com/${POOL_ID}`, ...claims };
  return `e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.${signature}`;
}

export type TestOptions = Partial<Omit<AppSyncOptions, 'api'>>;

export interface TestApi extends AppSync {
  readonly clock: ReturnType<typeof manualClock>;
  readonly dynamodb: ReturnType<typeof createDynamoDb>;
  /** POSTs a query with the API key, and gives the parsed body. */
  query(query: string, variables?: unknown, headers?: Readonly<Record<string, string>>): Promise<GraphQLAnswer>;
  /** POSTs any body. */
  post(body: string, headers?: Readonly<Record<string, string>>): Promise<HttpResponse>;
}

export interface GraphQLAnswer {
  readonly data?: unknown;
  readonly errors?: readonly Readonly<Record<string, unknown>>[];
}

export function start(spec: ApiSpec, options: TestOptions = {}): TestApi {
  const clock = manualClock(NOW);
  const random = seededRandom('appsync');
  const account = { region: 'us-east-1', accountId: '123456789012' };
  const dynamodb = createDynamoDb({ database: openDatabase(':memory:'), account, clock, random });
  dynamodb.provision({
    name: 'Posts',
    key: { partition: { name: 'pk', type: 'S' }, sort: { name: 'sk', type: 'S' } },
    indexes: [{ name: 'byTag', key: { partition: { name: 'tag', type: 'S' } }, projection: { type: 'ALL' } }],
    ttlAttribute: null,
    stream: null,
    deletionProtection: false,
  });
  const appsync = createAppSync({
    api: api(spec),
    clock,
    random,
    javascript: createJavaScriptRuntime({ clock, random }),
    dynamodb,
    invokeLambda: () => Promise.reject(new Error('no function in this test')),
    authorizer: recordingAuthorizer(),
    verifyUserPoolToken: (_pool, jwt) => {
      const [, payload = '', signature] = jwt.split('.');
      if (signature !== 'valid')
        throw new AwsError('UnauthorizedException', 'Unable to parse JWT token.', { statusCode: 401 });
      return { claims: JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown> };
    },
    verifySignature: () => ({ arn: 'arn:aws:iam::123456789012:role/worker', address: 'aws_iam_role.worker' }),
    ...options,
  });
  const post = (body: string, headers: Readonly<Record<string, string>> = { 'x-api-key': API_KEY }) =>
    appsync.handle({ method: 'POST', url: '/graphql', headers, body: Buffer.from(body), remoteAddress: '127.0.0.1' });
  return {
    ...appsync,
    clock,
    dynamodb,
    post,
    query: async (query, variables, headers) =>
      JSON.parse((await post(JSON.stringify({ query, variables }), headers)).body) as GraphQLAnswer,
  };
}

/** Serves the API over HTTP and WebSocket on a free port. */
export async function listen(appsync: AppSync) {
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => appsync.acceptsSubprotocols([...offered].join()),
  });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      void appsync
        .handle({ method, url, headers, body: Buffer.concat(chunks), remoteAddress: '127.0.0.1' })
        .then((answer) => response.writeHead(answer.status, answer.headers).end(answer.body));
    });
  });
  server.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (webSocket) => appsync.connect(webSocket, request));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: async () => {
      appsync.close();
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

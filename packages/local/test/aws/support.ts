import { createServer, type Server } from 'node:http';
import { request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { createCredentials, type AccessKey, type Credentials } from '../../src/aws/credentials.ts';
import { AwsError } from '../../src/aws/error.ts';
import { createAwsPort, type AwsPortOptions, type Defect } from '../../src/aws/port.ts';
import type { Access, AwsService, Principal } from '../../src/aws/service.ts';
import { systemClock } from '../../src/clock.ts';
import type { JsonObject } from '../../src/json.ts';
import { seededRandom } from '../../src/random.ts';

export const REGION = 'ap-northeast-1';
export const ROOT: Principal = { arn: 'arn:aws:iam::123456789012:root' };
export const READER: Principal = { arn: 'arn:aws:iam::123456789012:role/reader', address: 'api.aws_iam_role.reader' };
export const ROOT_KEY: AccessKey = { accessKeyId: 'AKIAROOTROOTROOTROOT', secretAccessKey: 'root-secret' };

export function testCredentials(): Credentials {
  const credentials = createCredentials({ random: seededRandom('credentials') });
  credentials.register(ROOT_KEY, ROOT);
  return credentials;
}

interface Call {
  readonly operation: string;
  readonly input: JsonObject;
  readonly principal: Principal;
}

export interface FakeService extends AwsService {
  readonly calls: Call[];
}

/** Answers as told; every operation but those in `open` needs `NAME:OPERATION` on `*`. */
export function fakeService(
  name: string,
  answer: (operation: string, input: JsonObject) => JsonObject,
  open: readonly string[] = [],
): FakeService {
  const calls: Call[] = [];
  return {
    name,
    calls,
    access: (operation) => (open.includes(operation) ? [] : [{ action: `${name}:${operation}`, resource: '*' }]),
    call(operation, input, principal) {
      calls.push({ operation, input, principal });
      return answer(operation, input);
    },
  };
}

/** A table in memory, enough for an SDK to talk to. */
export function fakeDynamoDb(): FakeService {
  const items = new Map<string, JsonObject>();
  return fakeService('dynamodb', (operation, input): JsonObject => {
    if (operation === 'PutItem') {
      items.set(JSON.stringify((input.Item as JsonObject).id), input.Item as JsonObject);
      return {};
    }
    if (operation === 'GetItem') {
      const found = items.get(JSON.stringify((input.Key as JsonObject).id));
      return found ? { Item: found } : {};
    }
    if (operation === 'DescribeTable') throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
    if (operation === 'UpdateItem') {
      throw new AwsError('ConditionalCheckFailedException', 'The conditional request failed', {
        details: { Item: { id: { S: 'old' } } },
      });
    }
    if (operation === 'Scan') throw new TypeError('a defect');
    throw new AwsError('UnknownOperationException', '');
  });
}

export interface RunningPort {
  readonly url: string;
  readonly port: number;
  readonly defects: Defect[];
  readonly judged: (Access & { readonly principal: string })[];
  close(): Promise<void>;
}

/** On a free port of 127.0.0.1, with everything allowed but `denied` actions. */
export async function startPort(
  services: readonly AwsService[],
  { denied = [], ...options }: Partial<AwsPortOptions> & { readonly denied?: readonly string[] } = {},
): Promise<RunningPort> {
  const defects: Defect[] = [];
  const judged: (Access & { readonly principal: string })[] = [];
  const listener = createAwsPort({
    services,
    credentials: testCredentials(),
    authorizer: {
      authorize(principal, access) {
        judged.push({ ...access, principal: principal.arn });
        if (denied.includes(access.action))
          throw new AwsError('AccessDeniedException', `${principal.arn} lacks ${access.action}`);
      },
    },
    region: REGION,
    wallClock: systemClock,
    random: seededRandom('port'),
    onDefect: (defect) => void defects.push(defect),
    ...options,
  });
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, defects, judged, close: () => closeServer(server) };
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

export interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

export interface RawReply {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
}

/** Plain `node:http`, which lets a test choose `Host` and `Origin`. */
export function send(
  port: number,
  { method = 'POST', path = '/', headers = {}, body = '' }: RawRequest,
): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      host: '127.0.0.1',
      port,
      method,
      path,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    request.end(body);
  });
}

export interface SigningOptions {
  readonly service?: string;
  readonly key?: AccessKey;
  readonly region?: string;
  readonly date?: Date;
}

/** The request's headers with a signature by AWS's own signer. */
export async function signedHeaders(
  port: number,
  { method = 'POST', path = '/', headers = {}, body = '' }: RawRequest,
  { service = 'dynamodb', key = ROOT_KEY, region = REGION, date = new Date() }: SigningOptions = {},
): Promise<Record<string, string>> {
  const signer = new SignatureV4({ service, region, credentials: key, sha256: Sha256, applyChecksum: false });
  const url = new URL(path, `http://127.0.0.1:${port}`);
  const signed = await signer.sign(
    {
      method,
      protocol: 'http:',
      hostname: '127.0.0.1',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: { host: `127.0.0.1:${port}`, ...(headers as Record<string, string>) },
      body,
    },
    { signingDate: date },
  );
  return signed.headers;
}

export async function sendSigned(port: number, request: RawRequest, options?: SigningOptions): Promise<RawReply> {
  return send(port, { ...request, headers: await signedHeaders(port, request, options) });
}

import type { DatabaseSync } from 'node:sqlite';
import type { Alarms } from '../../alarms.ts';
import type { Account } from '../../aws/account.ts';
import type { Credentials } from '../../aws/credentials.ts';
import { AwsError } from '../../aws/error.ts';
import { ConnectionClosed } from '../../aws/requestBody.ts';
import type { Authorizer, Principal } from '../../aws/service.ts';
import type { StreamedReply, StreamedRequest, StreamedService } from '../../aws/streamedService.ts';
import type { Clock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import { hostNames, hostOf, type Target, targetOf } from './addressing.ts';
import { callContext, effectiveHeaders } from './callContext.ts';
import { corsHeaders, preflight } from './cors.ts';
import { declareObjects } from './declared.ts';
import type { BucketDefinition, DeclaredObject } from './definition.ts';
import { errorReply } from './errorReply.ts';
import { s3Error } from './errors.ts';
import { createEventOutbox, type EventTargets } from './events/outbox.ts';
import { requireDestinations } from './events/destinations.ts';
import { postObject } from './form/postObject.ts';
import { createLifecycle } from './lifecycle.ts';
import { runBucketOperation, runObjectOperation, runServiceOperation } from './operations/index.ts';
import type { Call } from './operations/call.ts';
import { readRequest, type S3Request } from './s3Request.ts';
import { authenticate, type Authentication, NOBODY } from './signature/authenticate.ts';
import { createBlobStore } from './storage/blobs.ts';
import { createTables, referredBlobs } from './storage/sqlSchema.ts';
import { takesRequest } from './takes.ts';
import { createTools } from './tools.ts';

export interface S3Options {
  readonly database: DatabaseSync;
  /** Where objects' contents are kept; asked for when there are buckets. */
  readonly folder: () => string;
  readonly account: Account;
  readonly clock: Clock;
  /** Signatures and forms are dated by the machine's time, not by the local system's. */
  readonly wallClock: Clock;
  readonly random: Random;
  readonly alarms: Alarms;
  readonly credentials: Credentials;
  readonly authorizer: Authorizer;
  readonly targets: EventTargets;
  readonly log: (line: string) => void;
}

export interface S3 extends StreamedService {
  readonly name: 's3';
  /** Throws `ConfigurationError` when S3 may not send a bucket's events where they are to go. Changes nothing. */
  check(buckets: readonly BucketDefinition[]): Promise<void>;
  /** Takes the buckets of a newly read configuration. Objects of a bucket that is gone stay until it comes back. */
  replace(buckets: readonly BucketDefinition[], declared: readonly DeclaredObject[]): Promise<void>;
  /** What another service asks for with a role or as itself, as AppSync and CloudFront. Never rejects for what it asks. */
  call(request: ServiceCall): Promise<StreamedReply>;
  /** A number that grows with every event about an object. */
  latestEvent(): number;
  /** Resolves when every event about objects so far is delivered or waits for another attempt. */
  idle(): Promise<void>;
  close(): void;
}

/** A request of a service, which has no signature of its own to verify. */
export interface ServiceCall {
  /** `anonymous`: the service does not sign. */
  readonly principal: Principal;
  readonly method: string;
  /** The name that is asked, which may begin with the bucket: `photos.s3.us-east-1.amazonaws.com`. */
  readonly host: string;
  /** Percent-encoded, as a client would send it. */
  readonly path: string;
  /** As a client would send it; empty without one. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Condition keys, as `aws:SourceArn`. */
  readonly context?: Readonly<Record<string, string>>;
}

export function createS3(options: S3Options): S3 {
  const { database, account, random, alarms, log } = options;
  createTables(database);
  let buckets: ReadonlyMap<string, BucketDefinition> = new Map();
  let isSwept = false;
  let isClosed = false;
  const blobs = createBlobStore(options);
  const outbox = createEventOutbox({ ...options, log });
  const tools = createTools({
    ...options,
    blobs,
    outbox,
    buckets: () => buckets,
    changed: (bucket) => lifecycle.changed(bucket),
  });
  const lifecycle = createLifecycle({ ...tools, alarms, log });
  const names = hostNames(account.region);
  const authentication: Authentication = { ...options, region: account.region };
  const newRequestId = (): string => random.bytes(8).toString('hex').toUpperCase();

  async function answer(request: S3Request, host: string): Promise<StreamedReply> {
    const target = targetOf(request.path, names.bucketOf(host));
    const bucket = buckets.get(target.bucket) ?? null;
    if (request.method === 'OPTIONS') return preflight(request.headers, bucket);
    const cors = corsHeaders(request.headers, request.method, bucket);
    try {
      const reply = await perform(request, target);
      return { ...reply, headers: { ...cors, ...reply.headers } };
    } catch (error) {
      return withHeaders(failed(error, request), cors);
    }
  }

  async function perform(request: S3Request, { bucket, key }: Target): Promise<StreamedReply> {
    if (request.method === 'POST' && key === '' && !request.query.has('delete')) {
      const posting = { ...request, caller: NOBODY, context: {}, bucket: tools.bucket(bucket) };
      return postObject(posting, tools, authentication);
    }
    const caller = authenticate(request, authentication);
    const owner = request.headers.get('x-amz-expected-bucket-owner');
    if (owner !== undefined && owner !== account.accountId) throw s3Error('AccessDenied', 'Access Denied');
    const headers = effectiveHeaders(request, caller);
    return run({ ...request, headers, caller, context: callContext(request, caller) }, { bucket, key });
  }

  async function run(call: Call, { bucket, key }: Target): Promise<StreamedReply> {
    if (bucket === '') return runServiceOperation(call, tools);
    const definition = tools.bucket(bucket);
    if (key === '') return runBucketOperation({ ...call, bucket: definition }, tools);
    return runObjectOperation({ ...call, bucket: definition, key }, tools);
  }

  async function performFor(asked: ServiceCall, requestId: string): Promise<StreamedReply> {
    const { principal, method, host, path, query, body = '', context } = asked;
    const headers = { ...asked.headers, 'content-length': String(Buffer.byteLength(body)) };
    const wire = { method, path, query, headers, body: oneChunk(body), sourceIp: principal.arn };
    const request = readRequest(wire, requestId);
    const authType = principal.arn === NOBODY.principal.arn ? null : ('REST-HEADER' as const);
    const caller = { ...NOBODY, principal, authType };
    const known = callContext({ ...request, sourceIp: null }, caller);
    return run({ ...request, caller, context: { ...known, ...context } }, targetOf(path, names.bucketOf(host)));
  }

  function failed(
    error: unknown,
    { requestId, path, method }: Pick<S3Request, 'requestId' | 'path' | 'method'>,
  ): StreamedReply {
    if (error instanceof AwsError) return errorReply(error, { requestId, path, method });
    if (error instanceof ConnectionClosed) return errorReply(requestTimeout(), { requestId, path, method });
    // What is cut off in the middle of its work finds the database closed.
    if (!isClosed) log(`error in s3 (request ${requestId}): ${error instanceof Error ? error.stack : String(error)}`);
    const message = 'We encountered an internal error. Please try again.';
    return errorReply(s3Error('InternalError', message), { requestId, path, method });
  }
  return {
    name: 's3',
    ownsHost: names.isAws,
    takes: (head) => takesRequest(head, names, buckets),
    async handle(wire: StreamedRequest) {
      const requestId = newRequestId();
      const { method, path } = wire;
      let reply: StreamedReply;
      try {
        reply = await answer(readRequest(wire, requestId), hostOf(wire.headers));
      } catch (error) {
        reply = failed(error, { requestId, path, method });
      }
      return withHeaders(reply, answerHeaders(requestId));
    },
    async call(request) {
      const requestId = newRequestId();
      let reply: StreamedReply;
      try {
        reply = await performFor(request, requestId);
      } catch (error) {
        reply = failed(error, { ...request, requestId });
      }
      return withHeaders(reply, answerHeaders(requestId));
    },
    check: (next) => requireDestinations(next, options),
    async replace(next, declared) {
      if (next.length > 0 && !isSwept) {
        const referred = referredBlobs(database);
        await blobs.sweep((blob) => referred.has(blob));
        isSwept = true;
      }
      buckets = new Map(next.map((bucket) => [bucket.name, bucket]));
      outbox.announce(next);
      await declareObjects(declared, tools);
      lifecycle.start();
      outbox.wake();
    },
    latestEvent: outbox.latest,
    idle: outbox.idle,
    close() {
      isClosed = true;
      lifecycle.close();
      outbox.close();
    },
  };
}

/** Nobody will read it: the client has gone. */
const requestTimeout = (): AwsError => s3Error('RequestTimeout', 'Your socket connection to the server was closed.');

const answerHeaders = (requestId: string): Readonly<Record<string, string>> => ({
  'x-amz-request-id': requestId,
  'x-amz-id-2': requestId,
  server: 'AmazonS3',
});

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  if (text !== '') yield Buffer.from(text);
}

function withHeaders(reply: StreamedReply, headers: Readonly<Record<string, string>>): StreamedReply {
  return { ...reply, headers: { ...headers, ...reply.headers } };
}

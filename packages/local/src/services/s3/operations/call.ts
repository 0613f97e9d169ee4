import type { DatabaseSync } from 'node:sqlite';
import type { StreamedReply } from '../../../aws/streamedService.ts';
import type { Clock } from '../../../clock.ts';
import type { BucketDefinition, Encryption } from '../definition.ts';
import type { KeyAction } from '../keyAccess.ts';
import type { EventName, EventSource } from '../events/eventRecord.ts';
import type { S3Request } from '../s3Request.ts';
import type { Caller } from '../signature/authenticate.ts';
import type { BlobStore } from '../storage/blobs.ts';
import type { NewObject, StoredObject } from '../storage/model.ts';
import type { ObjectRows } from '../storage/objects.ts';
import type { UploadRows } from '../storage/uploads.ts';
import type { WriteCondition } from '../preconditions.ts';

/** One operation that somebody calls. */
export interface Call extends Pick<S3Request, 'query' | 'body' | 'sourceIp' | 'requestId'> {
  readonly method: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly caller: Caller;
  /** What IAM may want to know of every call of this caller, beside what the operation says. */
  readonly context: Readonly<Record<string, string>>;
}

export interface BucketCall extends Call {
  readonly bucket: BucketDefinition;
}

export interface ObjectCall extends BucketCall {
  readonly key: string;
}

/** What operations work with. */
export interface Tools {
  readonly database: DatabaseSync;
  readonly region: string;
  readonly clock: Clock;
  readonly blobs: BlobStore;
  readonly rows: ObjectRows;
  readonly uploads: UploadRows;
  buckets(): readonly BucketDefinition[];
  bucket(name: string): BucketDefinition;
  /** Throws `AccessDenied`. `resource` is an ARN. */
  authorize(call: Call, action: string, resource: string, context?: Readonly<Record<string, string>>): Promise<void>;
  /** Throws `AccessDenied` when the caller may not use the key of an object that is, or will be, encrypted like this. */
  authorizeKey(call: ObjectCall, action: KeyAction, encryption: Encryption): Promise<void>;
  /**
   * Makes a written object the one of its name, with the events about it; from then on it survives a killed process. Throws
   * when the condition does not hold, and then leaves the files to the caller.
   */
  commit(object: NewObject, options: CommitOptions): StoredObject;
  /** Runs in one transaction; files that are returned are removed after it. */
  change<Result>(work: (changes: Changes) => Result): Result;
}

export interface CommitOptions {
  readonly bucket: BucketDefinition;
  readonly event: EventName;
  readonly source: EventSource;
  readonly condition?: WriteCondition;
  /** Runs in the same transaction. */
  readonly also?: (changes: Changes) => void;
}

/** What a transaction gathers. */
export interface Changes {
  unused(segments: NewObject['segments']): void;
  /** Something whose time comes by a rule of the bucket has begun its life. */
  begun(bucket: BucketDefinition): void;
  event(name: EventName, bucket: BucketDefinition, object: StoredObject, source: EventSource): void;
}

export type Operation<C extends Call> = (call: C, tools: Tools) => Promise<StreamedReply>;

export const objectArn = ({ bucket, key }: ObjectCall): string => `${bucket.arn}/${key}`;

export const eventSource = ({ caller, sourceIp, requestId }: Call): EventSource => ({
  principal: caller.principal.arn,
  sourceIp,
  requestId,
});

export const quoted = (etag: string): string => `"${etag}"`;

/** Said where versions exist or have existed. */
export function versionHeaders({ versioning }: BucketDefinition, versionId: string): Record<string, string> {
  return versioning === 'Disabled' ? {} : { 'x-amz-version-id': versionId };
}

export const XML_HEADERS = { 'content-type': 'application/xml' };

export function xmlReply(document: string, headers: Readonly<Record<string, string>> = {}): StreamedReply {
  return { statusCode: 200, headers: { ...XML_HEADERS, ...headers }, body: document };
}

export const emptyReply = (statusCode: number, headers: Readonly<Record<string, string>> = {}): StreamedReply => ({
  statusCode,
  headers,
  body: '',
});

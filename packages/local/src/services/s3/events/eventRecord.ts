import type { JsonObject } from '../../../json.ts';
import type { BucketDefinition } from '../definition.ts';
import type { StoredObject } from '../storage/model.ts';

/** What happens to objects here, as S3 names it without `s3:`. */
export const EVENT_NAMES = [
  'ObjectCreated:Put',
  'ObjectCreated:Post',
  'ObjectCreated:Copy',
  'ObjectCreated:CompleteMultipartUpload',
  'ObjectRemoved:Delete',
  'ObjectRemoved:DeleteMarkerCreated',
  'LifecycleExpiration:Delete',
  'LifecycleExpiration:DeleteMarkerCreated',
] as const;
export type EventName = (typeof EVENT_NAMES)[number];

/** Who made it happen. */
export interface EventSource {
  /** An ARN, or `anonymous`. */
  readonly principal: string;
  readonly sourceIp: string;
  readonly requestId: string;
}

/** What is kept of an event until it has been delivered. */
export interface EventFacts {
  readonly name: EventName;
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  /** Null without versioning. */
  readonly versionId: string | null;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly source: EventSource;
}

export function eventFacts(
  name: EventName,
  bucket: BucketDefinition,
  object: StoredObject,
  { time, source }: { readonly time: number; readonly source: EventSource },
): EventFacts {
  const { key, size, etag, versionId } = object;
  return { name, key, size, etag, versionId: bucket.versioning === 'Disabled' ? null : versionId, time, source };
}

interface Delivered {
  readonly facts: EventFacts;
  readonly bucket: Pick<BucketDefinition, 'name' | 'arn'>;
  readonly configurationId: string;
  readonly region: string;
  readonly accountId: string;
  /** Grows from event to event. */
  readonly sequence: number;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
export function eventMessage({ facts, bucket, configurationId, region, accountId, sequence }: Delivered): JsonObject {
  const { name, key, size, etag, versionId, time, source } = facts;
  const isRemoval = !name.startsWith('ObjectCreated');
  const object = {
    key: urlEncodedKey(key),
    ...(isRemoval ? {} : { size, eTag: etag }),
    ...(isRemoval && name.endsWith('MarkerCreated') ? { eTag: etag } : {}),
    ...(versionId === null ? {} : { versionId }),
    sequencer: sequence.toString(16).toUpperCase().padStart(18, '0'),
  };
  const record = {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: region,
    eventTime: new Date(time).toISOString(),
    eventName: name,
    userIdentity: { principalId: principalId(source.principal, accountId) },
    requestParameters: { sourceIPAddress: source.sourceIp },
    responseElements: { 'x-amz-request-id': source.requestId, 'x-amz-id-2': source.requestId },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId,
      bucket: { name: bucket.name, ownerIdentity: { principalId: accountId }, arn: bucket.arn },
      object,
    },
  };
  return { Records: [record] };
}

/** AWS has unique ids here, which belong to users and roles and are not known; names say more on a laptop. */
function principalId(arn: string, accountId: string): string {
  if (arn.endsWith(':root')) return `AWS:${accountId}`;
  return arn.startsWith('arn:') ? `AWS:${arn.replace(/^.*[:/]/, '')}` : arn;
}

/** As a form encodes it, with the slashes left as they are: a space is `+`. */
export function urlEncodedKey(key: string): string {
  return key
    .split('/')
    .map((part) => new URLSearchParams([['', part]]).toString().slice(1))
    .join('/');
}

/** What a queue is sent when a notification to it is set up. */
export function testMessage(bucket: string, requestId: string, time: number): JsonObject {
  return {
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: new Date(time).toISOString(),
    Bucket: bucket,
    RequestId: requestId,
    HostId: requestId,
  };
}

export { isBucketHost, isBucketName } from './addressing.ts';
export type {
  BucketDefinition,
  CorsRule,
  DeclaredObject,
  Encryption,
  LifecycleRule,
  Notification,
  Versioning,
} from './definition.ts';
export { bucketSource, S3_PRINCIPAL } from './events/destinations.ts';
export { EVENT_NAMES } from './events/eventRecord.ts';
export type { EventTargets } from './events/outbox.ts';
export { createS3, type S3, type S3Options, type ServiceCall } from './s3.ts';

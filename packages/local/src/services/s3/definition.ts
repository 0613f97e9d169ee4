/** A bucket as the Terraform describes it, its other resources included. */
export interface BucketDefinition {
  readonly name: string;
  /** `arn:aws:s3:::photos` */
  readonly arn: string;
  /** The Terraform address, for messages. */
  readonly address: string;
  readonly versioning: Versioning;
  /** Anonymous requests are refused whatever the bucket's policy says. */
  readonly restrictsPublic: boolean;
  /** What objects are said to be encrypted with when a request does not say. */
  readonly encryption: Encryption;
  readonly cors: readonly CorsRule[];
  readonly lifecycle: readonly LifecycleRule[];
  readonly notifications: readonly Notification[];
}

/** `Disabled`: it never was enabled, and no object has an older version. */
export type Versioning = 'Enabled' | 'Suspended' | 'Disabled';

/** Said in answers; the machine's own disk encryption is what protects the files. */
export interface Encryption {
  readonly algorithm: string;
  readonly keyId?: string;
  readonly bucketKey?: boolean;
}

export interface CorsRule {
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly maxAgeSeconds?: number;
}

export interface LifecycleRule {
  readonly id: string;
  readonly prefix: string;
  /** Bytes; an object must be larger, smaller than that. */
  readonly largerThan?: number;
  readonly smallerThan?: number;
  readonly expirationDays?: number;
  /** Markers that hide nothing any more are removed. */
  readonly removesExpiredMarkers: boolean;
  readonly noncurrentDays?: number;
  readonly abortUploadDays?: number;
}

export interface Notification {
  readonly id: string;
  /** The Terraform address. */
  readonly address: string;
  readonly target: { readonly kind: 'queue' | 'function'; readonly arn: string };
  /** `s3:ObjectCreated:*` */
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

/** An object that the Terraform itself puts. */
export interface DeclaredObject {
  readonly address: string;
  readonly bucket: string;
  readonly key: string;
  readonly content: Uint8Array;
  /** `content-type` and the like, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
}

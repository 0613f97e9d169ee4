/** A distribution as the Terraform describes it. */
export interface Distribution {
  readonly id: string;
  readonly arn: string;
  /** The Terraform address, for messages. */
  readonly address: string;
  /** `d111111abcdef8.cloudfront.net` */
  readonly domainName: string;
  /** Names of one's own. */
  readonly aliases: readonly string[];
  readonly defaultRootObject: string | null;
  /** In the order they are tried; the last one takes every path. */
  readonly behaviors: readonly Behavior[];
  readonly errorResponses: ReadonlyMap<number, ErrorResponse>;
}

export interface Behavior {
  /** `/q/*`; null: the default. */
  readonly pathPattern: string | null;
  readonly allowedMethods: ReadonlySet<string>;
  /** Of its trusted key groups: requests must be signed with one of them. Null: everybody is served. */
  readonly trustedKeys: readonly TrustedKey[] | null;
  readonly target: Target;
}

/** A public key, as the Terraform has it. */
export interface TrustedKey {
  /** As in `Key-Pair-Id`. */
  readonly id: string;
  readonly address: string;
  /** PEM. */
  readonly encodedKey: string;
  /** The parameter of Systems Manager that holds the private half, when the Terraform says which. */
  readonly privateKeyParameter: string | null;
}

/** Where requests of a behavior go, or why they go nowhere here. */
export type Target =
  | {
      readonly kind: 'origin';
      readonly origin: FunctionOrigin | BucketOrigin;
      readonly cachePolicy: CachePolicy;
      readonly headers: readonly HeaderRule[];
    }
  | { readonly kind: 'notEmulated'; readonly what: string };

/** A bucket of S3. */
export interface BucketOrigin {
  readonly kind: 'bucket';
  /** `photos.s3.us-east-1.amazonaws.com` */
  readonly domainName: string;
  /** What every path is put behind, as `/v2`; empty without. */
  readonly originPath: string;
  /** Whether an origin access control signs the requests; else nobody does. */
  readonly signed: boolean;
}

/** A Lambda function URL. */
export interface FunctionOrigin {
  readonly kind: 'function';
  readonly functionArn: string;
  readonly urlId: string;
  /** `abc.lambda-url.us-east-1.on.aws` */
  readonly domainName: string;
  /** AWS_IAM: it takes signed requests only. NONE: it takes anybody's. */
  readonly authorization: 'AWS_IAM' | 'NONE';
  /** Whether an origin access control signs the requests. */
  readonly signed: boolean;
}

/** Times in seconds. What is selected is part of the key and is sent to the origin; nothing else of the request is. */
export interface CachePolicy {
  readonly minTtl: number;
  readonly defaultTtl: number;
  readonly maxTtl: number;
  readonly queryStrings: Selection;
  readonly cookies: Selection;
  /** Names in lower case. */
  readonly headers: readonly string[];
  /** Of the codings that may be part of the key: `br`, `gzip`. */
  readonly encodings: readonly string[];
}

export type Selection =
  { readonly kind: 'none' | 'all' } | { readonly kind: 'whitelist' | 'allExcept'; readonly names: ReadonlySet<string> };

/** A header that the response headers policy adds; without `override` what the origin said stays. */
export interface HeaderRule {
  readonly name: string;
  readonly value: string;
  readonly override: boolean;
}

export interface ErrorResponse {
  readonly cachingMinTtl: number;
  /** A page of the distribution that is shown instead, with its own status. */
  readonly page: { readonly path: string; readonly status: number } | null;
}

/** A request as it arrives. Names of headers in lower case. */
export interface EdgeRequest {
  readonly method: string;
  /** As sent: encoded, without the query. */
  readonly path: string;
  /** Without `?`. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly sourceIp: string;
  /** Absent for methods that have none. */
  readonly body?: Buffer | undefined;
}

export interface EdgeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

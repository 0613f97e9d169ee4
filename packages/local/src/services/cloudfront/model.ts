/** A distribution as the Terraform describes it. */
export interface Distribution {
  readonly id: string;
  readonly arn: string;
  /** The Terraform address, for messages. */
  readonly address: string;
  /** `d111111abcdef8.cloudfront.net` */
  readonly domainName: string;
  readonly defaultRootObject: string | null;
  /** In the order they are tried; the last one takes every path. */
  readonly behaviors: readonly Behavior[];
  readonly errorResponses: ReadonlyMap<number, ErrorResponse>;
}

export interface Behavior {
  /** `/q/*`; null: the default. */
  readonly pathPattern: string | null;
  readonly allowedMethods: ReadonlySet<string>;
  readonly target: Target;
}

/** Where requests of a behavior go, or why they go nowhere here. */
export type Target =
  | {
      readonly kind: 'function';
      readonly origin: FunctionOrigin;
      readonly cachePolicy: CachePolicy;
      readonly headers: readonly HeaderRule[];
    }
  | { readonly kind: 'notEmulated'; readonly what: string };

/** A Lambda function URL that takes signed requests only, and an origin access control that signs them. */
export interface FunctionOrigin {
  readonly functionArn: string;
  readonly urlId: string;
  /** `abc.lambda-url.us-east-1.on.aws` */
  readonly domainName: string;
  /** False: requests arrive without a signature, and are refused. */
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
  /** A page of the distribution that is shown instead. */
  readonly pagePath: string | null;
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
}

export interface EdgeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

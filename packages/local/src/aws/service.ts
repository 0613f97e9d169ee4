import type { JsonObject } from '../json.ts';

/** Who makes a call: an IAM role of the Terraform, the developer's root credentials, or nobody. */
export interface Principal {
  /** `arn:aws:iam::123456789012:role/x`, `arn:aws:iam::123456789012:root`, or `anonymous`. */
  readonly arn: string;
  /** The Terraform address of the role, for messages; absent for root and anonymous. */
  readonly address?: string;
  /** Who took on the role, where an identity pool let somebody. */
  readonly webIdentity?: WebIdentity;
  /** Somebody tries what the role may do: that is no use of its permissions. */
  readonly isTrial?: true;
}

/** A guest or a user of an identity pool, as the session that it was given says. */
export interface WebIdentity {
  /** `us-east-1:` and a UUID, as the pool's. */
  readonly identityId: string;
  readonly identityPoolId: string;
  readonly authType: 'authenticated' | 'unauthenticated';
  /** The provider and the subject, as `"cognito-idp..","cognito-idp..:CognitoSignIn:SUB"`; null for guests. */
  readonly authProvider: string | null;
  /** What the provider said, by the trust policy's key `amr`. */
  readonly methods: readonly string[];
  /** `AROA...:CognitoIdentityCredentials`, the role's own id and the name of the session. */
  readonly userId: string;
}

/** One thing a call wants to do, in IAM's terms. Resources are full ARNs, or `*` where IAM has none. */
export interface Access {
  /** `dynamodb:PutItem` */
  readonly action: string;
  readonly resource: string;
  /** IAM condition keys and their values in this call, as `{ 'dynamodb:LeadingKeys': ['u1'] }`. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** Judges a call by the policies in the Terraform. */
export interface Authorizer {
  /**
   * Returns when the principal may do it (at once when the decision is cached), else throws an `AwsError`
   * `AccessDeniedException` that names principal, action, resource and Terraform address.
   */
  authorize(principal: Principal, access: Access): void | Promise<void>;
}

/** One emulated AWS service, mounted on the AWS port by its protocol and called in process by others. */
export interface AwsService {
  /** The service's signing name: `dynamodb`, `cognito-idp`, `appsync`, `lambda`, `sqs`. */
  readonly name: string;
  /** What the operation with this input wants to do; empty for public operations, which are also unsigned. */
  access(operation: string, input: JsonObject): readonly Access[];
  /** Runs the operation; throws `AwsError`. An unknown operation throws `UnknownOperationException`. */
  call(
    operation: string,
    input: JsonObject,
    principal: Principal,
    options?: CallOptions,
  ): JsonObject | Promise<JsonObject>;
}

export interface CallOptions {
  /** Aborted when the caller has gone, for operations that wait. */
  readonly signal?: AbortSignal;
}

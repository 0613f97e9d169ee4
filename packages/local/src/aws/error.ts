import type { JsonObject } from '../json.ts';

/**
 * A refusal in an AWS service's own words. Services throw it; the edge (HTTP protocol, AppSync data source, Lambda
 * invocation) translates it once. Any other exception is a defect of this package and must not be swallowed.
 */
export class AwsError extends Error {
  /** The exception's name without a namespace, as `ValidationException`. */
  readonly code: string;
  readonly statusCode: number;
  /** Further members of the error's body, as `CancellationReasons` or `Item`. */
  readonly details: JsonObject;

  constructor(code: string, message: string, options: { statusCode?: number; details?: JsonObject } = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.statusCode = options.statusCode ?? 400;
    this.details = options.details ?? {};
  }
}

/** What this package does not emulate refuses with this, and never with a made-up success. */
export class NotEmulated extends AwsError {
  constructor(what: string) {
    super('NotEmulated', `${what} is not emulated by @hiroba/local`, { statusCode: 501 });
  }
}

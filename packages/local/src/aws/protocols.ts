import { crc32 } from 'node:zlib';
import type { JsonObject } from '../json.ts';
import type { AwsError } from './error.ts';
import { queryCodeOf } from './queryErrors.ts';

export interface Reply {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How one AWS protocol writes answers. */
export interface Protocol {
  encode(output: JsonObject): Reply;
  encodeError(error: AwsError): Reply;
}

interface AwsJsonOptions {
  /** `application/x-amz-json-1.0` */
  readonly contentType: string;
  /** What `__type` puts before the code of an error, as `com.amazonaws.dynamodb.v20120810`. */
  readonly namespace?: string;
  /** DynamoDB lets clients verify bodies by `x-amz-crc32`. */
  readonly checksum?: boolean;
  /** A service that spoke the Query protocol before tells its old name of an error in `x-amzn-query-error`. */
  readonly queryErrors?: boolean;
}

/** Errors that come from AWS's front end and so carry its namespace instead of the service's. */
const FRONT_END_NAMESPACES: Readonly<Record<string, string>> = {
  AccessDeniedException: 'com.amazon.coral.service',
  ExpiredTokenException: 'com.amazon.coral.service',
  IncompleteSignatureException: 'com.amazon.coral.service',
  InternalFailure: 'com.amazon.coral.service',
  InvalidParameterValueException: 'com.amazon.coral.service',
  InvalidSignatureException: 'com.amazon.coral.service',
  MissingAuthenticationTokenException: 'com.amazon.coral.service',
  MissingRequiredParameterException: 'com.amazon.coral.service',
  SerializationException: 'com.amazon.coral.service',
  UnknownOperationException: 'com.amazon.coral.service',
  UnrecognizedClientException: 'com.amazon.coral.service',
  ValidationException: 'com.amazon.coral.validate',
};

/** awsJson1.0 and awsJson1.1 (Smithy): everything in the body, the operation in `X-Amz-Target`. */
export function awsJson({ contentType, namespace, checksum, queryErrors }: AwsJsonOptions): Protocol {
  const reply = (statusCode: number, value: JsonObject): Reply => {
    const body = JSON.stringify(value);
    const headers = { 'content-type': contentType, ...(checksum && { 'x-amz-crc32': String(crc32(body)) }) };
    return { statusCode, headers, body };
  };
  const typeOf = (code: string): string => {
    if (namespace === undefined) return code;
    const prefix = Object.hasOwn(FRONT_END_NAMESPACES, code) ? FRONT_END_NAMESPACES[code] : namespace;
    return `${prefix}#${code}`;
  };
  return {
    encode: (output) => reply(200, output),
    encodeError({ code, message, statusCode, details }) {
      const answer = reply(statusCode, { ...details, __type: typeOf(code), message });
      if (!queryErrors) return answer;
      const query = `${queryCodeOf(code)};${statusCode < 500 ? 'Sender' : 'Receiver'}`;
      return { ...answer, headers: { ...answer.headers, 'x-amzn-query-error': query } };
    },
  };
}

/** REST services answer 403 where the JSON ones answer 400. */
const FORBIDDEN_CODES: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'ExpiredTokenException',
  'IncompleteSignatureException',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'UnrecognizedClientException',
]);

/** restJson1 (Smithy): method and path name the operation, the error's code is a header. */
export const restJson: Protocol = {
  encode: (output) => ({
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(output),
  }),
  encodeError: ({ code, message, statusCode, details }) => ({
    statusCode: FORBIDDEN_CODES.has(code) ? 403 : statusCode,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ ...details, message }),
  }),
};

import type { Account } from '../../aws/account.ts';
import { AwsError } from '../../aws/error.ts';

/** What a caller wrote for a function: its name, and a version or alias when one was given. */
export interface FunctionReference {
  readonly name: string;
  readonly qualifier: string | null;
}

const REFERENCE =
  /^(?:arn:aws[a-z-]*:lambda:(?<region>[a-z0-9-]+):)?(?:(?<account>\d{12}):)?(?:function:)?(?<name>[a-zA-Z0-9-_]{1,64})(?::(?<qualifier>\$LATEST|[a-zA-Z0-9-_]{1,128}))?$/;

/**
 * Reads `name`, `name:qualifier`, `123456789012:function:name` or a full ARN.
 *
 * Throws `AwsError` `ValidationException` for another form, `ResourceNotFoundException` for another account or region.
 */
export function parseFunctionReference(text: string, account: Account): FunctionReference {
  const { region, account: accountId, name, qualifier } = REFERENCE.exec(text)?.groups ?? {};
  if (name === undefined) {
    throw new AwsError('ValidationException', `'${text.slice(0, 170)}' is not the name or ARN of a function`);
  }
  const foreign =
    (region ?? account.region) !== account.region || (accountId ?? account.accountId) !== account.accountId;
  if (foreign) throw functionNotFound(text);
  return { name, qualifier: qualifier ?? null };
}

export function functionArn({ name, qualifier }: FunctionReference, { region, accountId }: Account): string {
  const suffix = qualifier === null ? '' : `:${qualifier}`;
  return `arn:aws:lambda:${region}:${accountId}:function:${name}${suffix}`;
}

export const functionNotFound = (arn: string): AwsError =>
  new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, { statusCode: 404 });

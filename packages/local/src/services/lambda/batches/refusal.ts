import { AwsError } from '../../../aws/error.ts';

/** A refusal that begins with the Terraform address of the mapping; any other error as it is. */
export function withAddress(error: unknown, address: string): unknown {
  if (!(error instanceof AwsError)) return error;
  const { code, message, statusCode, details } = error;
  return new AwsError(code, `${address}: ${message}`, { statusCode, details });
}

export const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

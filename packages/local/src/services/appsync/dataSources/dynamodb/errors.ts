import type { AwsError } from '../../../../aws/error.ts';

/** `ctx.error` for a refusal of DynamoDB, worded as the AWS SDK that AppSync uses words it. */
export function contextError(error: AwsError, requestId: string): { readonly message: string; readonly type: string } {
  // Errors that other parts of the data source raise carry their full type already.
  if (error.code.includes(':')) return { type: error.code, message: error.message };
  return {
    type: `DynamoDB:${error.code}`,
    message: `${error.message} (Service: DynamoDb, Status Code: ${error.statusCode}, Request ID: ${requestId})`,
  };
}

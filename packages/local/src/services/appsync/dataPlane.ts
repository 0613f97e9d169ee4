import { AwsError } from '../../aws/error.ts';
import type { Account } from '../../aws/account.ts';
import type { AwsService } from '../../aws/service.ts';
import type { JsonObject } from '../../json.ts';
import { evaluateCode, type EvaluateCodeInput } from './evaluateCode.ts';
import type { JavaScriptRuntime } from './javascript/runtime.ts';

/** AppSync's operations on the AWS port: EvaluateCode alone. The control plane belongs to Terraform. */
export function createDataPlane(options: {
  readonly account: Account;
  readonly javascript: JavaScriptRuntime;
}): AwsService {
  const { account, javascript } = options;
  const resource = `arn:aws:appsync:${account.region}:${account.accountId}:/v1/dataplane-evaluatecode`;
  return {
    name: 'appsync',
    access: (operation) => [{ action: `appsync:${operation}`, resource }],
    call(operation, input) {
      if (operation !== 'EvaluateCode') {
        throw new AwsError('UnknownOperationException', `appsync:${operation} is not emulated`, { statusCode: 404 });
      }
      // What the code made crosses as JSON texts; the answer itself is JSON by its type.
      return evaluateCode(javascript, input as EvaluateCodeInput) as unknown as JsonObject;
    },
  };
}

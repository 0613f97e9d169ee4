import type { Account } from '../aws/account.ts';
import type { Authorizer } from '../aws/service.ts';
import type { Lambda } from '../services/lambda/index.ts';
import { bucketSource, type EventTargets, S3_PRINCIPAL } from '../services/s3/index.ts';
import type { Sqs } from '../services/sqs/index.ts';

export interface ObjectEventServices {
  readonly iam: Authorizer;
  readonly lambda: Lambda;
  readonly sqs: Sqs;
  readonly account: Account;
}

/** Where buckets' events go, judged as calls of `s3.amazonaws.com`. */
export function objectEventTargets({ iam, lambda, sqs, account }: ObjectEventServices): EventTargets {
  return {
    async sendToQueue(queueArn, body, bucketArn) {
      await sqs.send(queueArn, { body }, { principal: S3_PRINCIPAL, context: bucketSource(bucketArn, account) });
    },
    async invokeFunction(functionArn, payload, bucketArn) {
      const context = bucketSource(bucketArn, account);
      await iam.authorize(S3_PRINCIPAL, { action: 'lambda:InvokeFunction', resource: functionArn, context });
      const { functionError, payload: answer } = await lambda.invoke(functionArn, payload);
      if (functionError !== undefined) throw new FunctionFailed(answer);
    },
  };
}

class FunctionFailed extends Error {
  override readonly name = 'FunctionFailed';
}

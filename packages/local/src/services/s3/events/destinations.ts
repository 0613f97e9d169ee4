import type { Account } from '../../../aws/account.ts';
import { AwsError } from '../../../aws/error.ts';
import type { Authorizer, Principal } from '../../../aws/service.ts';
import { ConfigurationError } from '../../../resources/resourceType.ts';
import type { BucketDefinition, Notification } from '../definition.ts';

export const S3_PRINCIPAL: Principal = { arn: 's3.amazonaws.com' };

const ACTIONS: Readonly<Record<Notification['target']['kind'], string>> = {
  queue: 'sqs:SendMessage',
  function: 'lambda:InvokeFunction',
};

/** What S3 tells about itself when it calls on behalf of a bucket. */
export const bucketSource = (bucketArn: string, { accountId }: Account): Record<string, string> => ({
  'aws:SourceArn': bucketArn,
  'aws:SourceAccount': accountId,
  'aws:SecureTransport': 'true',
});

/** AWS refuses a notification at its making when S3 may not deliver it. Throws `ConfigurationError`. */
export async function requireDestinations(
  buckets: readonly BucketDefinition[],
  { authorizer, account }: { readonly authorizer: Authorizer; readonly account: Account },
): Promise<void> {
  for (const { arn, notifications } of buckets) {
    for (const { target, address } of notifications) {
      try {
        const context = bucketSource(arn, account);
        await authorizer.authorize(S3_PRINCIPAL, { action: ACTIONS[target.kind], resource: target.arn, context });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        throw new ConfigurationError(
          `${address}: Unable to validate the following destination configurations: ${target.arn}. ${error.message}`,
        );
      }
    }
  }
}

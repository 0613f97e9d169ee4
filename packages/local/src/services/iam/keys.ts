import type { Account } from '../../aws/account.ts';
import type { Access } from '../../aws/service.ts';
import type { EncryptedResource } from './definition.ts';

/**
 * What services ask KMS for in the caller's name, when what the call is about is encrypted with a key of the account's own. Keys that
 * AWS manages let in whom the service lets in. S3 asks by itself, since objects may have other keys than their bucket.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
const NEEDED: ReadonlyMap<string, readonly string[]> = new Map([
  ['sqs:SendMessage', ['kms:GenerateDataKey', 'kms:Decrypt']],
  ['sqs:ReceiveMessage', ['kms:Decrypt']],
  ...[
    ...['GetItem', 'BatchGetItem', 'Query', 'Scan', 'ConditionCheckItem', 'GetRecords'],
    ...['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'],
  ].map((operation): [string, readonly string[]] => [`dynamodb:${operation}`, ['kms:Decrypt']]),
]);

export interface Keys {
  /** What has to be allowed beside the access itself. */
  accesses(access: Access): readonly Access[];
}

const NOTHING: readonly Access[] = [];

export function createKeys(encrypted: readonly EncryptedResource[], { region, accountId }: Account): Keys {
  const keys = new Map(encrypted.map(({ resourceArn, keyArn }) => [resourceArn, keyArn]));
  if (keys.size === 0) return { accesses: () => NOTHING };
  return {
    accesses({ action, resource, context }) {
      const needed = NEEDED.get(action);
      const key = needed && keys.get(encryptedPart(resource));
      if (needed === undefined || key === undefined) return NOTHING;
      const service = action.slice(0, action.indexOf(':'));
      const via = `${service}.${region}.amazonaws.com`;
      const ofKey = { ...context, 'kms:CallerAccount': accountId, 'kms:ViaService': via };
      return needed.map((one) => ({ action: one, resource: key, context: ofKey }));
    },
  };
}

/** The table of an index or a stream, the queue itself. */
function encryptedPart(resource: string): string {
  return resource.replace(/^(arn:aws:dynamodb:[^/]*\/[^/]+)\/.*$/, '$1');
}

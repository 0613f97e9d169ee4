import { argumentsOf } from '../resources/resourceType.ts';
import type { EncryptedResource, ResourcePolicyDefinition } from '../services/iam/index.ts';
import type { ResourceSet } from './resourceSet.ts';

/** The policies of the account's own keys; one without says what AWS gives it: the account, by its roles' policies. */
export function keyPolicies(resources: ResourceSet, accountId: string): ResourcePolicyDefinition[] {
  return resources.ofType('aws_kms_key').map((key) => ({
    resourceArn: String(key.attributes['arn']),
    address: `${key.address}.policy`,
    document: argumentsOf(key).optionalString('policy') ?? {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: 'kms:*', Resource: '*' },
      ],
    },
  }));
}

/** Tables and queues that are encrypted with a key of the account's own. */
export function encryptedResources(resources: ResourceSet): EncryptedResource[] {
  const own = new Map(
    resources
      .ofType('aws_kms_key')
      .flatMap(({ attributes }) =>
        [attributes['arn'], attributes['key_id']].map((name) => [String(name), String(attributes['arn'])]),
      ),
  );
  const encrypted = (resource: string, key: unknown): EncryptedResource[] => {
    const keyArn = typeof key === 'string' ? own.get(key) : undefined;
    return keyArn === undefined ? [] : [{ resourceArn: resource, keyArn }];
  };
  return [
    ...resources
      .ofType('aws_dynamodb_table')
      .flatMap((table) =>
        encrypted(String(table.attributes['arn']), argumentsOf(table).block('server_side_encryption')?.['kms_key_arn']),
      ),
    ...resources
      .ofType('aws_sqs_queue')
      .flatMap((queue) => encrypted(String(queue.attributes['arn']), queue.args['kms_master_key_id'])),
  ];
}

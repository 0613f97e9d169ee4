import type { JsonObject, JsonValue } from '../../json.ts';
import { argumentsOf, ConfigurationError, isObject } from '../../resources/resourceType.ts';
import type { ResourcePolicyDefinition } from '../../services/iam/index.ts';
import type { ResourceSet } from '../resourceSet.ts';
import { publicAccessBlock } from './buckets.ts';

/** The policies at buckets. One that lets everybody in is refused where the bucket blocks such policies, as AWS does. */
export function bucketPolicies(resources: ResourceSet): ResourcePolicyDefinition[] {
  return resources.ofType('aws_s3_bucket_policy').map((part) => {
    const read = argumentsOf(part);
    const name = read.string('bucket');
    const bucket = resources.find('aws_s3_bucket', 'bucket', name, `${part.address}.bucket`);
    const document = read.string('policy');
    const block = resources
      .ofType('aws_s3_bucket_public_access_block')
      .find((one) => argumentsOf(one).string('bucket') === name);
    if (publicAccessBlock(block).blocksPolicy && isPublic(document)) {
      throw new ConfigurationError(
        `${part.address} lets everybody in, which ${block?.address ?? 'the block of public access that every new bucket has'} refuses ` +
          '(block_public_policy).',
      );
    }
    return { resourceArn: String(bucket.attributes['arn']), address: part.address, document };
  });
}

/** Conditions that narrow "everybody" down to somebody, when their values are fixed. */
const NARROWING = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
]);

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status */
function isPublic(text: string): boolean {
  const document = parsed(text);
  const { Statement: statements = [] } = document;
  return [statements].flat().some((statement) => {
    if (!isObject(statement) || statement['Effect'] !== 'Allow' || !isEverybody(statement['Principal'])) return false;
    return !Object.values(isObject(statement['Condition']) ? statement['Condition'] : {})
      .filter(isObject)
      .flatMap((tests) => Object.entries(tests))
      .some(
        ([key, values]) =>
          NARROWING.has(key.toLowerCase()) && [values].flat().every((value) => !String(value).includes('*')),
      );
  });
}

/** Its grammar is IAM's to judge. */
function parsed(text: string): JsonObject {
  try {
    const value = JSON.parse(text) as JsonValue;
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function isEverybody(principal: JsonValue | undefined): boolean {
  if (principal === '*') return true;
  return isObject(principal) && [principal['AWS'] ?? []].flat().includes('*');
}

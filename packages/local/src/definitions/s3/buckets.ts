import type { JsonObject } from '../../json.ts';
import { argumentsOf, ConfigurationError, type ResolvedResource } from '../../resources/resourceType.ts';
import { type BucketDefinition, type Encryption, isBucketName, type Versioning } from '../../services/s3/index.ts';
import type { ResourceSet } from '../resourceSet.ts';
import { corsRules } from './cors.ts';
import { lifecycleRules } from './lifecycle.ts';
import { notifications } from './notifications.ts';

/** Buckets with what other resources say about each. */
export function bucketDefinitions(resources: ResourceSet): BucketDefinition[] {
  requireBuckets(resources);
  return resources.ofType('aws_s3_bucket').map((resource) => {
    refuse(resource, LEGACY_ARGUMENTS, 'has been replaced by a resource of its own: write that');
    const name = String(resource.attributes['bucket']);
    if (!isBucketName(name))
      throw new ConfigurationError(`${resource.address}.bucket "${name}" is no name for a bucket.`);
    const of = (type: string): ResolvedResource | undefined => partOf(resources, type, name);
    requireOwner(of('aws_s3_bucket_ownership_controls'));
    return {
      name,
      arn: String(resource.attributes['arn']),
      address: resource.address,
      versioning: versioning(of('aws_s3_bucket_versioning')),
      restrictsPublic: publicAccessBlock(of('aws_s3_bucket_public_access_block')).restricts,
      encryption: encryption(of('aws_s3_bucket_server_side_encryption_configuration')),
      cors: corsRules(of('aws_s3_bucket_cors_configuration')),
      lifecycle: lifecycleRules(of('aws_s3_bucket_lifecycle_configuration')),
      notifications: notifications(resources, of('aws_s3_bucket_notification')),
    };
  });
}

/** What was written in the bucket itself before version 4 of the provider. */
const LEGACY_ARGUMENTS = [
  'acl',
  'cors_rule',
  'grant',
  'lifecycle_rule',
  'logging',
  'object_lock_configuration',
  'object_lock_enabled',
  'policy',
  'replication_configuration',
  'server_side_encryption_configuration',
  'versioning',
  'website',
];

const PARTS = [
  'aws_s3_bucket_cors_configuration',
  'aws_s3_bucket_lifecycle_configuration',
  'aws_s3_bucket_notification',
  'aws_s3_bucket_ownership_controls',
  'aws_s3_bucket_policy',
  'aws_s3_bucket_public_access_block',
  'aws_s3_bucket_server_side_encryption_configuration',
  'aws_s3_bucket_versioning',
] as const;

/** Each part belongs to one bucket that there is, and no bucket has two of a kind: the later would silently win on AWS. */
function requireBuckets(resources: ResourceSet): void {
  for (const type of PARTS) {
    const seen = new Map<string, string>();
    for (const part of resources.ofType(type)) {
      const name = argumentsOf(part).string('bucket');
      resources.find('aws_s3_bucket', 'bucket', name, `${part.address}.bucket`);
      const other = seen.get(name);
      if (other) throw new ConfigurationError(`${part.address} and ${other} are both of the bucket ${name}.`);
      seen.set(name, part.address);
    }
  }
}

function partOf(resources: ResourceSet, type: string, bucket: string): ResolvedResource | undefined {
  return resources.ofType(type).find((part) => argumentsOf(part).string('bucket') === bucket);
}

function versioning(part: ResolvedResource | undefined): Versioning {
  if (!part) return 'Disabled';
  const block = argumentsOf(part).block('versioning_configuration') ?? {};
  const read = argumentsOf({ ...part, args: block });
  if (read.optionalString('mfa_delete') === 'Enabled') {
    throw new ConfigurationError(`${part.address}.mfa_delete is not emulated by @hiroba/local.`);
  }
  const status = read.string('status');
  if (status === 'Enabled' || status === 'Suspended' || status === 'Disabled') return status;
  throw new ConfigurationError(`${part.address}.status "${status}" is not Enabled, Suspended or Disabled.`);
}

/** Without a resource everything is blocked: so are new buckets since 2023. */
export function publicAccessBlock(part: ResolvedResource | undefined): { blocksPolicy: boolean; restricts: boolean } {
  if (!part) return { blocksPolicy: true, restricts: true };
  const read = argumentsOf(part);
  return {
    blocksPolicy: read.boolean('block_public_policy', false),
    restricts: read.boolean('restrict_public_buckets', false),
  };
}

function encryption(part: ResolvedResource | undefined): Encryption {
  const rule = part && argumentsOf(part).block('rule');
  const defaults =
    part && rule && argumentsOf({ ...part, args: rule }).block('apply_server_side_encryption_by_default');
  if (!part || !rule || !defaults) return { algorithm: 'AES256' };
  const read = argumentsOf({ ...part, args: defaults });
  const keyId = read.optionalString('kms_master_key_id');
  return {
    algorithm: read.string('sse_algorithm'),
    ...(keyId === undefined ? {} : { keyId }),
    ...(argumentsOf({ ...part, args: rule }).boolean('bucket_key_enabled', false) ? { bucketKey: true } : {}),
  };
}

/** Access lists are not emulated, and where they are off they cannot matter. */
function requireOwner(part: ResolvedResource | undefined): void {
  if (!part) return;
  const rule: JsonObject = argumentsOf(part).block('rule') ?? {};
  const ownership = argumentsOf({ ...part, args: rule }).string('object_ownership');
  if (ownership === 'BucketOwnerEnforced') return;
  throw new ConfigurationError(
    `${part.address}: object_ownership ${ownership} lets access lists count, which are not emulated by @hiroba/local: use BucketOwnerEnforced.`,
  );
}

export function refuse(
  { address, args }: ResolvedResource,
  names: readonly string[],
  why = 'is not emulated by @hiroba/local',
): void {
  for (const name of names) {
    const value = args[name];
    if (value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0))
      continue;
    throw new ConfigurationError(`${address}.${name} ${why}.`);
  }
}

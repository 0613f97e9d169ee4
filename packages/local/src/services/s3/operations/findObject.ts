import { AwsError } from '../../../aws/error.ts';
import { noSuchKey, S3Refusal, s3Error } from '../errors.ts';
import type { StoredObject } from '../storage/model.ts';
import { objectArn, type ObjectCall, type Tools, versionHeaders } from './call.ts';

/**
 * The version that a read names, once the caller may read it. Who may not list the bucket is not told what there is not.
 *
 * Throws `NoSuchKey`, `NoSuchVersion`, `MethodNotAllowed`, `AccessDenied`.
 */
export async function findObject(call: ObjectCall, tools: Tools, versionId: string | undefined): Promise<StoredObject> {
  const { bucket, key } = call;
  const action = versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
  await tools.authorize(call, action, objectArn(call), versionId === undefined ? {} : { 's3:VersionId': versionId });
  const found =
    versionId === undefined ? tools.rows.latest(bucket.name, key) : tools.rows.version(bucket.name, key, versionId);
  if (found && !found.isMarker) {
    await tools.authorizeKey(call, 'kms:Decrypt', found.attributes.encryption);
    return found;
  }
  if (found && versionId !== undefined) {
    const message = 'The specified method is not allowed against this resource.';
    throw new S3Refusal('MethodNotAllowed', message, { allow: 'DELETE', ...markerHeaders(call, found) });
  }
  await requireListing(call, tools);
  if (versionId !== undefined) {
    throw s3Error('NoSuchVersion', 'The specified version does not exist.', { Key: key, VersionId: versionId });
  }
  if (!found) throw noSuchKey(key);
  throw new S3Refusal('NoSuchKey', 'The specified key does not exist.', markerHeaders(call, found), { Key: key });
}

const markerHeaders = ({ bucket }: ObjectCall, { versionId }: StoredObject): Record<string, string> => ({
  'x-amz-delete-marker': 'true',
  ...versionHeaders(bucket, versionId),
});

async function requireListing(call: ObjectCall, tools: Tools): Promise<void> {
  try {
    await tools.authorize(call, 's3:ListBucket', call.bucket.arn, { 's3:prefix': call.key });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const hint = `there is no such object, which only who may s3:ListBucket is told as NoSuchKey: ${error.message}`;
    throw s3Error('AccessDenied', `Access Denied (${hint})`);
  }
}

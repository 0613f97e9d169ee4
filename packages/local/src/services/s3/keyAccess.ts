import type { Account } from '../../aws/account.ts';
import type { Access } from '../../aws/service.ts';
import type { Encryption } from './definition.ts';

/**
 * A write asks for the first, a read for the other, and so does a part of an upload, which will be read to make the whole.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#require-sse-kms
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions
 */
export type KeyAction = 'kms:GenerateDataKey' | 'kms:Decrypt';

interface Use {
  readonly action: KeyAction;
  /** Condition keys of the call. */
  readonly context: Readonly<Record<string, string>>;
}

/** What S3 asks KMS for in the caller's name; null where it encrypts with a key of AWS's, which lets in whom S3 lets in. */
export function keyAccess(
  { keyId }: Encryption,
  { action, context }: Use,
  { region, accountId }: Account,
): Access | null {
  // What an alias stands for is not known here.
  if (keyId === undefined || /(^|:)alias\//.test(keyId)) return null;
  return {
    action,
    resource: keyId.startsWith('arn:') ? keyId : `arn:aws:kms:${region}:${accountId}:key/${keyId}`,
    context: { ...context, 'kms:CallerAccount': accountId, 'kms:ViaService': `s3.${region}.amazonaws.com` },
  };
}

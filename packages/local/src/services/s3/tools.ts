import type { DatabaseSync } from 'node:sqlite';
import { AwsError } from '../../aws/error.ts';
import type { Account } from '../../aws/account.ts';
import type { Access, Authorizer } from '../../aws/service.ts';
import type { Clock } from '../../clock.ts';
import { afterCommit, transaction } from '../../database.ts';
import type { Random } from '../../random.ts';
import type { BucketDefinition } from './definition.ts';
import { s3Error } from './errors.ts';
import type { EventOutbox } from './events/outbox.ts';
import { keyAccess } from './keyAccess.ts';
import type { Call, Changes, Tools } from './operations/call.ts';
import type { BlobStore, Segment } from './storage/blobs.ts';
import { createObjectRows } from './storage/objects.ts';
import { createUploadRows } from './storage/uploads.ts';

export interface ToolsOptions {
  readonly database: DatabaseSync;
  readonly account: Account;
  readonly clock: Clock;
  readonly random: Random;
  readonly authorizer: Authorizer;
  readonly blobs: BlobStore;
  readonly outbox: EventOutbox;
  buckets(): ReadonlyMap<string, BucketDefinition>;
  /** Told after each committed change of a bucket. */
  changed(bucket: BucketDefinition): void;
}

export function createTools(options: ToolsOptions): Tools {
  const { database, blobs, outbox } = options;
  const rows = createObjectRows(database, options);

  function change<Result>(work: (changes: Changes) => Result): Result {
    const begun = (bucket: BucketDefinition): void => afterCommit(database, () => options.changed(bucket));
    return transaction(database, () => {
      const unused: Segment[] = [];
      const result = work({
        unused: (segments) => void unused.push(...segments),
        begun,
        event(name, bucket, object, source) {
          outbox.record(name, bucket, object, source);
          begun(bucket);
        },
      });
      afterCommit(database, () => {
        blobs.release(unused);
        outbox.wake();
      });
      return result;
    });
  }

  return {
    database,
    region: options.account.region,
    clock: options.clock,
    blobs,
    rows,
    uploads: createUploadRows(database, options),
    buckets: () => [...options.buckets().values()],
    bucket(name) {
      const found = options.buckets().get(name);
      if (found) return found;
      throw s3Error('NoSuchBucket', 'The specified bucket does not exist', { BucketName: name });
    },
    authorize: (call, action, resource, context = {}) => authorize(options, call, { action, resource, context }),
    async authorizeKey(call, action, encryption) {
      const access = keyAccess(encryption, { action, context: call.context }, options.account);
      if (access !== null) await judge(options, call, access);
    },
    commit: (object, { bucket, event, source, condition, also }) =>
      change((changes) => {
        condition?.(rows.latest(object.bucket, object.key));
        also?.(changes);
        const { stored, unused } = rows.insert(object, bucket.versioning);
        changes.unused(unused);
        changes.event(event, bucket, stored, source);
        return stored;
      }),
    change,
  };
}

async function authorize(
  { authorizer, buckets }: ToolsOptions,
  { caller, context: ofCall }: Call,
  { action, resource, context }: { action: string; resource: string; context: Readonly<Record<string, string>> },
): Promise<void> {
  const name = resource.replace(/^arn:aws:s3:::/, '').split('/')[0] ?? '';
  if (caller.authType === null && buckets().get(name)?.restrictsPublic && caller.principal.arn === 'anonymous') {
    const reason = 'nobody signed the request, and its aws_s3_bucket_public_access_block keeps the public out';
    throw s3Error('AccessDenied', `Access Denied (${reason})`);
  }
  await judge({ authorizer }, { caller }, { action, resource, context: { ...ofCall, ...context } });
}

async function judge(
  { authorizer }: Pick<ToolsOptions, 'authorizer'>,
  { caller }: Pick<Call, 'caller'>,
  access: Access,
): Promise<void> {
  try {
    await authorizer.authorize(caller.principal, access);
  } catch (error) {
    if (error instanceof AwsError && error.code === 'AccessDeniedException')
      throw s3Error('AccessDenied', error.message);
    throw error;
  }
}

import { required } from '../../shared/environment.ts';
import { deleteObjects, listObjects } from '../../shared/objects.ts';
import { memberPrefix } from '../export/keys.ts';
import { exportOccasion } from '../export/occasion.ts';
import type { Eraser } from './eraser.ts';
import { deleteItems, itemsBehind } from './keys.ts';
import { mailMark } from './mail.ts';

/** The files of the member's exports. */
export const eraseExports: Eraser = async ({ userId }) => {
  const bucket = required('EXPORTS_BUCKET');
  const files = await listObjects(bucket, { prefix: memberPrefix(userId) });
  await deleteObjects(
    bucket,
    files.map(({ key }) => key),
  );
  return { found: files.length, next: files.length === 1_000 ? 'more' : null };
};

/** The member's jobs, and the marks of their mails, but this one, which tells that the account was erased, and when. */
export const eraseJobs: Eraser = async ({ userId, jobId }, position) => {
  const { items, next } = await itemsBehind(
    { table: required('OPS_TABLE'), index: 'byStatus', partition: ['status', `JOB#${userId}`], position },
    'operationId',
  );
  const others = items.filter(({ operationId }) => operationId !== `JOB#${jobId}`);
  await deleteItems(
    required('OPS_TABLE'),
    others.flatMap(({ operationId }) => {
      const occasion = exportOccasion(String(operationId).slice('JOB#'.length));
      return [{ operationId: mailMark(occasion, userId) }, { operationId: String(operationId) }];
    }),
  );
  return { found: others.length, next };
};

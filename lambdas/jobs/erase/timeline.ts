import { required } from '../../shared/environment.ts';
import type { Eraser } from './eraser.ts';
import { erasePartition } from './keys.ts';

/** What was pushed to the member. */
export const eraseTimeline: Eraser = ({ userId }, position) => partition(userId, position);

/** The marks of the celebrities that the member followed. */
export const eraseMarks: Eraser = ({ userId }, position) => partition(`CELEBRITIES#${userId}`, position);

/** The member's newest post ids. */
export const eraseDigest: Eraser = ({ userId }, position) => partition(`DIGEST#${userId}`, position);

function partition(name: string, position: string | undefined) {
  return erasePartition(
    { table: required('TIMELINES_TABLE'), partition: ['userId', name], position },
    'userId',
    'entry',
  );
}

import { required } from '../../shared/environment.ts';
import type { Eraser } from './eraser.ts';
import { erasePartition } from './keys.ts';

/** What the member was told. */
export const eraseNotifications: Eraser = ({ userId }, position) =>
  erasePartition(
    { table: required('NOTIFICATIONS_TABLE'), partition: ['userId', userId], position },
    'userId',
    'notificationId',
  );

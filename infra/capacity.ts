import type { Throughput } from './rungs.ts';
import type { TableKey } from './tables.ts';

/** Capacity units a second that autoscaling may go between. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

export interface TableCapacity {
  readonly read: Range;
  readonly write: Range;
}

/**
 * Provisioned capacity at three million users: 12,000 item reads and 120 writes a second on average and three times that
 * in the morning, an eventually consistent read of up to 4 KB being half a unit. `min` carries the average, `max` the
 * peak with a reserve, so that target tracking has room and a mistake has a limit. Of timelines a write is one follower of one post:
 * 46 posts a second for 61 each, and at most what the rung's `timelineWriters` write.
 */
export const baseCapacity: Readonly<Record<TableKey, TableCapacity>> = {
  users: { read: { min: 1_000, max: 12_000 }, write: { min: 50, max: 2_000 } },
  posts: { read: { min: 2_000, max: 20_000 }, write: { min: 200, max: 4_000 } },
  comments: { read: { min: 500, max: 8_000 }, write: { min: 100, max: 2_000 } },
  edges: { read: { min: 3_000, max: 40_000 }, write: { min: 100, max: 3_000 } },
  timelines: { read: { min: 1_000, max: 12_000 }, write: { min: 3_000, max: 12_500 } },
  notifications: { read: { min: 200, max: 4_000 }, write: { min: 200, max: 4_000 } },
  media: { read: { min: 1_000, max: 12_000 }, write: { min: 50, max: 1_000 } },
  ops: { read: { min: 50, max: 1_000 }, write: { min: 300, max: 4_000 } },
};

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html: units per table without a request. */
export const TABLE_QUOTA: Throughput = { read: 40_000, write: 40_000 };

/** The capacity for `factor` times the users of `baseCapacity`, within the quota of a table. */
export function capacityOf(key: TableKey, factor: number): TableCapacity {
  const { read, write } = baseCapacity[key];
  return { read: scaled(read, factor, TABLE_QUOTA.read), write: scaled(write, factor, TABLE_QUOTA.write) };
}

function scaled({ min, max }: Range, factor: number, quota: number): Range {
  return { min: Math.min(Math.ceil(min * factor), quota), max: Math.min(Math.ceil(max * factor), quota) };
}

/** When scheduled scaling acts: cron in this time zone, on weekdays. Half an hour before, since capacity takes minutes. */
export const businessHours = {
  timezone: 'America/New_York',
  begin: 'cron(30 8 ? * MON-FRI *)',
  end: 'cron(0 19 ? * MON-FRI *)',
  /** Minimum in business hours, times the minimum at night. */
  factor: 2,
} as const;

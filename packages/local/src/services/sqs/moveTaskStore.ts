import type { DatabaseSync } from 'node:sqlite';
import { prepared } from '../../database.ts';

export interface MoveTask {
  readonly id: string;
  readonly sourceArn: string;
  /** Null: each message goes back to where it came from. */
  readonly destinationArn: string | null;
  /** Null: as fast as possible. */
  readonly perSecond: number | null;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  readonly moved: number;
  readonly toMove: number;
  readonly failure: string | null;
}

export interface MoveTaskStore {
  /** Writes the task and returns it. */
  save(task: MoveTask): MoveTask;
  find(id: string): MoveTask | null;
  list(sourceArn: string, limit: number): readonly MoveTask[];
  running(): readonly MoveTask[];
}

const COLUMNS =
  'id, source_arn AS sourceArn, destination_arn AS destinationArn, per_second AS perSecond, started_at AS startedAt, ' +
  'status, moved, to_move AS toMove, failure';

const UPSERT =
  'INSERT INTO sqs_move_tasks (id, source_arn, destination_arn, per_second, started_at, status, moved, to_move, failure) ' +
  'VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ' +
  'ON CONFLICT (id) DO UPDATE SET status = excluded.status, moved = excluded.moved, failure = excluded.failure';

export function openMoveTaskStore(database: DatabaseSync): MoveTaskStore {
  const select = (condition: string): string => `SELECT ${COLUMNS} FROM sqs_move_tasks WHERE ${condition}`;
  return {
    save(task) {
      const { id, sourceArn, destinationArn, perSecond, startedAt, status, moved, toMove, failure } = task;
      prepared(database, UPSERT).run(
        ...[id, sourceArn, destinationArn, perSecond, startedAt, status, moved, toMove, failure],
      );
      return task;
    },
    find: (id) => (prepared(database, select('id = ?')).get(id) as MoveTask | undefined) ?? null,
    list: (sourceArn, limit) =>
      prepared(database, select('source_arn = ? ORDER BY started_at DESC, id LIMIT ?')).all(
        sourceArn,
        limit,
      ) as unknown as MoveTask[],
    running: () => prepared(database, select("status = 'RUNNING'")).all() as unknown as MoveTask[],
  };
}

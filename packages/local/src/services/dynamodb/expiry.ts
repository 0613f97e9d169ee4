import type { Context } from './context.ts';
import { prepared, transaction } from '../../database.ts';
import { MAX_EXPIRED_SECONDS } from './limits.ts';
import type { OpenTable } from './catalog.ts';
import { expirySqlName } from './sqlSchema.ts';
import { store } from './writes.ts';

/** Deleted in one transaction, so that a long sweep does not keep the event loop for long between two steps. */
const SWEEP_ITEMS = 500;

/** When the next item of the table expires after this moment, as an epoch second; null when none will. */
export function nextExpirySecond({ clock, database }: Context, { table }: OpenTable): number | null {
  if (table.ttlAttribute === null) return null;
  const sql = `SELECT MIN(at) AS at FROM ${expirySqlName(table.number)} WHERE at > ?`;
  return prepared(database, sql).get(Math.floor(clock.now() / 1000))?.['at'] as number | null;
}

/** Deletes every item of the table that has expired; returns how many. Their stream records name TTL as the author. */
export function sweepTable(context: Context, target: OpenTable): number {
  if (target.table.ttlAttribute === null) return 0;
  let swept = 0;
  for (;;) {
    const count = transaction(context.database, () => sweepSome(context, target));
    swept += count;
    if (count < SWEEP_ITEMS) return swept;
  }
}

function sweepSome(context: Context, target: OpenTable): number {
  const now = Math.floor(context.clock.now() / 1000);
  const sql = `SELECT h, r FROM ${expirySqlName(target.table.number)} WHERE at > ? AND at <= ? ORDER BY at LIMIT ${SWEEP_ITEMS}`;
  const rows = prepared(context.database, sql).all(now - MAX_EXPIRED_SECONDS, now) as unknown as {
    h: Uint8Array;
    r: Uint8Array;
  }[];
  for (const { h, r } of rows) {
    const key = { partition: h, sort: r };
    store(context, target, { key, before: target.store.get(key), after: null, expired: true });
  }
  return rows.length;
}

import type { DatabaseSync } from 'node:sqlite';

/** How far each event source mapping has read, so that a restart goes on where the process stopped. */
export interface Checkpoints {
  /** The sequence number of the last record that needs no more attention, or `null` before the first. */
  load(mappingId: string): string | null;
  save(mappingId: string, sequenceNumber: string): void;
}

export function sqliteCheckpoints(database: DatabaseSync): Checkpoints {
  database.exec(`CREATE TABLE IF NOT EXISTS lambda_checkpoints (
    mapping_id TEXT PRIMARY KEY,
    sequence_number TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`);
  const select = database.prepare('SELECT sequence_number FROM lambda_checkpoints WHERE mapping_id = ?');
  const upsert = database.prepare(
    'INSERT INTO lambda_checkpoints VALUES (?, ?) ON CONFLICT DO UPDATE SET sequence_number = excluded.sequence_number',
  );
  return {
    load: (mappingId) => (select.get(mappingId)?.sequence_number as string | undefined) ?? null,
    save: (mappingId, sequenceNumber) => void upsert.run(mappingId, sequenceNumber),
  };
}

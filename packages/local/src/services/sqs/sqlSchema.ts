import type { DatabaseSync } from 'node:sqlite';

/**
 * Times are epoch milliseconds. `receipt` is what the last receipt handle proves itself by; a message that has one and is not
 * visible is in flight, one without is delayed. `receive_count` counts in all queues, `receptions` in this one. A queue that
 * has left the Terraform keeps its row and its messages.
 */
export function createTables(database: DatabaseSync): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS sqs_queues (
      number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL,
      modified_at INTEGER NOT NULL, retention_seconds INTEGER NOT NULL, settings TEXT NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS sqs_messages (
      id INTEGER PRIMARY KEY AUTOINCREMENT, queue INTEGER NOT NULL, message_id TEXT NOT NULL, body TEXT NOT NULL,
      attributes TEXT NOT NULL, trace_header TEXT, group_id TEXT, sender_id TEXT NOT NULL, sent_at INTEGER NOT NULL,
      visible_at INTEGER NOT NULL, receive_count INTEGER NOT NULL, receptions INTEGER NOT NULL, first_received_at INTEGER,
      received_at INTEGER, receipt TEXT, dead_letter_source TEXT
    ) STRICT;
    CREATE INDEX IF NOT EXISTS sqs_messages_by_visibility ON sqs_messages (queue, visible_at, id);
    CREATE INDEX IF NOT EXISTS sqs_messages_that_came_back ON sqs_messages (queue, receptions) WHERE receptions > 0;
    CREATE INDEX IF NOT EXISTS sqs_messages_by_age ON sqs_messages (queue, sent_at);
    CREATE TABLE IF NOT EXISTS sqs_move_tasks (
      id TEXT PRIMARY KEY, source_arn TEXT NOT NULL, destination_arn TEXT, per_second INTEGER, started_at INTEGER NOT NULL,
      status TEXT NOT NULL, moved INTEGER NOT NULL, to_move INTEGER NOT NULL, failure TEXT
    ) STRICT, WITHOUT ROWID;
  `);
}

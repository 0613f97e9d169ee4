import type { DatabaseSync } from 'node:sqlite';
import { prepared } from '../../database.ts';
import type { OutboxMail, OutboxMessage } from './model.ts';

/** One place where messages are. Numbers are given by the outbox, so that those of several places are in one order. */
export interface MessageStore {
  insert(message: OutboxMessage): void;
  /** In the order of their numbers; all of them, or those to one address, in whatever letters it is written. */
  list(to: string | null): OutboxMessage[];
  /** The last before a number, newest first, what was not delivered among them. */
  newest(view: NewestView): OutboxMessage[];
  find(id: string): OutboxMessage | null;
  /** The greatest number; 0 without messages. */
  latest(): number;
}

export interface NewestView {
  /** Null: to anybody. */
  readonly to: string | null;
  readonly before: number;
  readonly limit: number;
}

export interface StoreLimits {
  readonly messages: number;
  /** Of the texts together, in UTF-8. */
  readonly bytes: number;
}

export function createMessageStore(database: DatabaseSync, limits: StoreLimits): MessageStore {
  database.exec(`
    CREATE TABLE IF NOT EXISTS outbox_messages (
      id INTEGER PRIMARY KEY,
      channel TEXT NOT NULL,
      recipient TEXT NOT NULL COLLATE NOCASE,
      subject TEXT NOT NULL,
      sent_at INTEGER NOT NULL,
      source TEXT NOT NULL,
      undelivered TEXT,
      bytes INTEGER NOT NULL,
      body TEXT NOT NULL,
      mail TEXT
    ) STRICT;
    CREATE INDEX IF NOT EXISTS outbox_messages_by_recipient ON outbox_messages (recipient);
    CREATE TABLE IF NOT EXISTS outbox_size (messages INTEGER NOT NULL, bytes INTEGER NOT NULL) STRICT;
    INSERT INTO outbox_size SELECT 0, 0 WHERE NOT EXISTS (SELECT 1 FROM outbox_size);
    CREATE TRIGGER IF NOT EXISTS outbox_grows AFTER INSERT ON outbox_messages BEGIN
      UPDATE outbox_size SET messages = messages + 1, bytes = bytes + new.bytes;
    END;
    CREATE TRIGGER IF NOT EXISTS outbox_shrinks AFTER DELETE ON outbox_messages BEGIN
      UPDATE outbox_size SET messages = messages - 1, bytes = bytes - old.bytes;
    END;
  `);
  const run = (sql: string) => prepared(database, sql);

  /** The oldest make room for the new. */
  function trim(): void {
    for (;;) {
      const size = run('SELECT messages, bytes FROM outbox_size').get();
      if (Number(size?.['messages']) <= limits.messages && Number(size?.['bytes']) <= limits.bytes) return;
      run('DELETE FROM outbox_messages WHERE id = (SELECT min(id) FROM outbox_messages)').run();
    }
  }

  return {
    insert({ id, channel, to, subject, body, sentAt, source, mail, undelivered }) {
      const details = mail === undefined ? null : JSON.stringify(mail);
      const bytes = Buffer.byteLength(body) + Buffer.byteLength(details ?? '');
      run(
        `INSERT INTO outbox_messages (id, channel, recipient, subject, sent_at, source, undelivered, bytes, body, mail)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(Number(id), channel, to, subject, sentAt, source, undelivered ?? null, bytes, body, details);
      trim();
    },
    list: (to) =>
      to === null
        ? run('SELECT * FROM outbox_messages ORDER BY id').all().map(messageOf)
        : run('SELECT * FROM outbox_messages WHERE recipient = ? ORDER BY id').all(to).map(messageOf),
    newest: ({ to, before, limit }) =>
      run('SELECT * FROM outbox_messages WHERE id < ?1 AND (?2 IS NULL OR recipient = ?2) ORDER BY id DESC LIMIT ?3')
        .all(before, to, limit)
        .map(messageOf),
    find(id) {
      const row = run('SELECT * FROM outbox_messages WHERE id = ?').get(Number(id));
      return row === undefined ? null : messageOf(row);
    },
    latest: () => Number(run('SELECT max(id) AS id FROM outbox_messages').get()?.['id'] ?? 0),
  };
}

type Row = Record<string, unknown>;

function messageOf(row: Row): OutboxMessage {
  const { mail, undelivered } = row;
  return {
    id: String(row['id']),
    channel: row['channel'] as OutboxMessage['channel'],
    to: String(row['recipient']),
    subject: String(row['subject']),
    body: String(row['body']),
    sentAt: Number(row['sent_at']),
    source: String(row['source']),
    ...(typeof mail === 'string' && { mail: JSON.parse(mail) as OutboxMail }),
    ...(typeof undelivered === 'string' && { undelivered }),
  };
}

import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../clock.ts';

/** A message that a service sent to a person: the local stand-in for a mailbox and a phone. */
export interface OutboxMessage {
  readonly id: string;
  readonly channel: 'EMAIL' | 'SMS';
  /** An email address, or a phone number in E.164. */
  readonly to: string;
  /** Empty for SMS. */
  readonly subject: string;
  readonly body: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  /** The service and resource that sent it, as `cognito-idp/us-east-1_Ab3dEf9hI`. */
  readonly source: string;
}

export interface Outbox {
  add(message: Omit<OutboxMessage, 'id' | 'sentAt'>): OutboxMessage;
  /** Oldest first; all of them, or those to one address. */
  list(filter?: { readonly to?: string }): readonly OutboxMessage[];
}

export interface OutboxOptions {
  readonly clock: Clock;
  /**
   * Where messages are kept; by default in memory only. Bodies carry confirmation codes and temporary passwords, which
   * must never lie on a disk in clear, and they are worthless once the process that sent them is gone.
   */
  readonly database?: DatabaseSync;
}

/** The oldest messages make room for new ones, so that a long seed run does not grow the process. */
export const MAX_OUTBOX_MESSAGES = 1_000;

export function createOutbox({ clock, database = new DatabaseSync(':memory:') }: OutboxOptions): Outbox {
  database.exec(`CREATE TABLE IF NOT EXISTS outbox_messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    source TEXT NOT NULL
  ) STRICT`);
  const insert = database.prepare(
    'INSERT INTO outbox_messages (channel, recipient, subject, body, sent_at, source) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const trim = database.prepare('DELETE FROM outbox_messages WHERE id <= ?');
  const columns = 'CAST(id AS TEXT) AS id, channel, recipient AS "to", subject, body, sent_at AS sentAt, source';
  const all = database.prepare(`SELECT ${columns} FROM outbox_messages ORDER BY outbox_messages.id`);
  const byRecipient = database.prepare(
    `SELECT ${columns} FROM outbox_messages WHERE recipient = ? ORDER BY outbox_messages.id`,
  );

  return {
    add({ channel, to, subject, body, source }) {
      const sentAt = clock.now();
      const id = Number(insert.run(channel, to, subject, body, sentAt, source).lastInsertRowid);
      trim.run(id - MAX_OUTBOX_MESSAGES);
      return { id: String(id), channel, to, subject, body, sentAt, source };
    },
    list({ to } = {}) {
      const rows = to === undefined ? all.all() : byRecipient.all(to);
      return rows.map((row) => ({ ...row }) as unknown as OutboxMessage);
    },
  };
}

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { prepared } from '../../database.ts';
import type { NewMessage, Queue, MessageAttributes, StoredMessage } from './model.ts';

/** The messages of all queues. What belongs together is written in one transaction by the caller. */
export interface MessageStore {
  insert(queue: Queue, message: NewMessage & { readonly messageId: string }): void;
  /** Visible and not expired, the longest visible first. */
  visible(queue: Queue, limit: number): readonly StoredMessage[];
  hasVisible(queue: Queue): boolean;
  /** Up to `limit`. */
  countVisible(queue: Queue, limit: number): number;
  /** The ids of visible messages that have been received this often from this queue, or more. */
  visibleAfter(queue: Queue, receptions: number): readonly number[];
  /** Hides a message from others until `visibleAt` and counts the reception. */
  markReceived(id: number, reception: { readonly receipt: string; readonly visibleAt: number }): void;
  /** The message that this receipt was given for, unless it is gone or was received again. */
  byReceipt(queue: Queue, id: number, receipt: string): { readonly receivedAt: number } | null;
  setVisibleAt(id: number, visibleAt: number): void;
  remove(id: number): void;
  /** Into the dead-letter queue: the id, the age and the count of receptions go with it. */
  moveToDeadLetters(id: number, target: Queue, sourceArn: string): void;
  /** Out of a dead-letter queue, as a new message. */
  moveAsNew(id: number, target: Queue, messageId: string): void;
  counts(queue: Queue): MessageCounts;
  /** When the next hidden message will be visible, or null. */
  nextVisibleAt(queue: Queue): number | null;
  clear(queue: Queue): void;
  /** Deletes what no queue keeps any longer; returns how many. */
  removeExpired(): number;
}

export interface MessageCounts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

interface Row extends Omit<StoredMessage, 'attributes'> {
  readonly attributes: string;
}

const COLUMNS =
  'id, message_id AS messageId, body, attributes, trace_header AS traceHeader, group_id AS groupId, sender_id AS senderId, ' +
  'sent_at AS sentAt, receive_count AS receiveCount, first_received_at AS firstReceivedAt, dead_letter_source AS deadLetterSourceArn';

const INSERT =
  'INSERT INTO sqs_messages (queue, message_id, body, attributes, trace_header, group_id, sender_id, sent_at, visible_at, ' +
  'receive_count, receptions) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)';
const VISIBLE = `SELECT ${COLUMNS} FROM sqs_messages WHERE queue = ? AND visible_at <= ? AND sent_at > ? ORDER BY visible_at, id LIMIT ?`;
const HAS_VISIBLE = 'SELECT 1 FROM sqs_messages WHERE queue = ? AND visible_at <= ? AND sent_at > ? LIMIT 1';
const COUNT_VISIBLE =
  'SELECT count(*) AS count FROM (SELECT 1 FROM sqs_messages WHERE queue = ? AND visible_at <= ? AND sent_at > ? LIMIT ?)';
/** By an index of the messages that came back, of which there are few, however many wait. */
const VISIBLE_AFTER =
  'SELECT id FROM sqs_messages INDEXED BY sqs_messages_that_came_back ' +
  'WHERE queue = ? AND receptions > 0 AND receptions >= ? AND visible_at <= ? AND sent_at > ?';
const RECEIVED =
  'UPDATE sqs_messages SET receipt = ?, visible_at = ?, received_at = ?, receive_count = receive_count + 1, ' +
  'receptions = receptions + 1, first_received_at = coalesce(first_received_at, ?) WHERE id = ?';
const BY_RECEIPT = 'SELECT received_at AS receivedAt FROM sqs_messages WHERE id = ? AND queue = ? AND receipt = ?';
const TO_DEAD_LETTERS =
  'UPDATE sqs_messages SET queue = ?, dead_letter_source = ?, receipt = NULL, receptions = 0, visible_at = ? WHERE id = ?';
const AS_NEW =
  'UPDATE sqs_messages SET queue = ?, message_id = ?, sent_at = ?, visible_at = ?, receive_count = 0, receptions = 0, receipt = NULL, ' +
  'first_received_at = NULL, received_at = NULL, dead_letter_source = NULL WHERE id = ?';
const COUNTS =
  'SELECT sum(visible_at <= ?) AS visible, sum(visible_at > ? AND receipt IS NOT NULL) AS inFlight, ' +
  'sum(visible_at > ? AND receipt IS NULL) AS delayed FROM sqs_messages WHERE queue = ? AND sent_at > ?';
const NEXT_VISIBLE = 'SELECT min(visible_at) AS at FROM sqs_messages WHERE queue = ? AND visible_at > ?';
const REMOVE_EXPIRED =
  'DELETE FROM sqs_messages WHERE id IN (SELECT sqs_messages.id FROM sqs_queues JOIN sqs_messages ON queue = number ' +
  'WHERE sent_at <= ? - retention_seconds * 1000)';

/** `now` is the local time in epoch milliseconds. */
export function openMessageStore(database: DatabaseSync, now: () => number): MessageStore {
  const run = (sql: string, ...values: SQLInputValue[]): number =>
    Number(prepared(database, sql).run(...values).changes);
  const first = (sql: string, ...values: SQLInputValue[]): unknown => prepared(database, sql).get(...values);
  /** Before this everything has expired. */
  const oldest = ({ retentionSeconds }: Queue): number => now() - retentionSeconds * 1000;

  return {
    insert(queue, { messageId, body, attributes, traceHeader, groupId, senderId, delaySeconds }) {
      const sentAt = now();
      const visibleAt = sentAt + delaySeconds * 1000;
      const texts = [messageId, body, JSON.stringify(attributes), traceHeader, groupId, senderId];
      run(INSERT, queue.number, ...texts, sentAt, visibleAt);
    },
    visible: (queue, limit) =>
      (prepared(database, VISIBLE).all(queue.number, now(), oldest(queue), limit) as unknown as Row[]).map(messageOf),
    hasVisible: (queue) => first(HAS_VISIBLE, queue.number, now(), oldest(queue)) !== undefined,
    countVisible: (queue, limit) =>
      (first(COUNT_VISIBLE, queue.number, now(), oldest(queue), limit) as { count: number }).count,
    visibleAfter: (queue, receptions) =>
      (prepared(database, VISIBLE_AFTER).all(queue.number, receptions, now(), oldest(queue)) as { id: number }[]).map(
        ({ id }) => id,
      ),
    markReceived: (id, { receipt, visibleAt }) => void run(RECEIVED, receipt, visibleAt, now(), now(), id),
    byReceipt: (queue, id, receipt) =>
      (first(BY_RECEIPT, id, queue.number, receipt) as { receivedAt: number } | undefined) ?? null,
    setVisibleAt: (id, visibleAt) => void run('UPDATE sqs_messages SET visible_at = ? WHERE id = ?', visibleAt, id),
    remove: (id) => void run('DELETE FROM sqs_messages WHERE id = ?', id),
    moveToDeadLetters: (id, target, sourceArn) => void run(TO_DEAD_LETTERS, target.number, sourceArn, now(), id),
    moveAsNew: (id, target, messageId) => void run(AS_NEW, target.number, messageId, now(), now(), id),
    counts(queue) {
      const time = now();
      const row = first(COUNTS, time, time, time, queue.number, oldest(queue)) as Record<keyof MessageCounts, number>;
      return { visible: row.visible ?? 0, inFlight: row.inFlight ?? 0, delayed: row.delayed ?? 0 };
    },
    nextVisibleAt: (queue) => (first(NEXT_VISIBLE, queue.number, now()) as { at: number | null }).at,
    clear: (queue) => void run('DELETE FROM sqs_messages WHERE queue = ?', queue.number),
    removeExpired: () => run(REMOVE_EXPIRED, now()),
  };
}

function messageOf({ attributes, ...row }: Row): StoredMessage {
  return { ...row, attributes: JSON.parse(attributes) as MessageAttributes };
}

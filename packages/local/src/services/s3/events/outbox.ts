import type { DatabaseSync } from 'node:sqlite';
import type { Alarms } from '../../../alarms.ts';
import type { Account } from '../../../aws/account.ts';
import type { Clock } from '../../../clock.ts';
import { prepared, transaction } from '../../../database.ts';
import type { JsonObject } from '../../../json.ts';
import type { BucketDefinition, Notification } from '../definition.ts';
import type { StoredObject } from '../storage/model.ts';
import {
  eventFacts,
  type EventFacts,
  eventMessage,
  type EventName,
  type EventSource,
  testMessage,
} from './eventRecord.ts';

/** Where events go, as `s3.amazonaws.com` on behalf of the bucket. Rejects when it must be tried again. */
export interface EventTargets {
  /** Resolves when the message lies safely in the queue. */
  sendToQueue(queueArn: string, body: string, bucketArn: string): Promise<void>;
  /** Resolves when the function has succeeded: until then the event is kept here, as Lambda keeps it on AWS. */
  invokeFunction(functionArn: string, payload: string, bucketArn: string): Promise<void>;
}

/** Events that have happened and are not delivered yet. They lie beside the objects, so that none is without its event. */
export interface EventOutbox {
  /** Belongs into the transaction of what has happened. */
  record(name: EventName, bucket: BucketDefinition, object: StoredObject, source: EventSource): void;
  /** Tells queues that are new as the target of a bucket of it, as S3 does once. */
  announce(buckets: readonly BucketDefinition[]): void;
  /** Delivers what is due; returns at once. */
  wake(): void;
  /** The id of the event that was recorded last. */
  latest(): number;
  /** Resolves when nothing is due or on its way. What waits for another attempt waits for its time. */
  idle(): Promise<void>;
  close(): void;
}

export interface OutboxOptions {
  readonly database: DatabaseSync;
  readonly account: Account;
  readonly clock: Clock;
  readonly alarms: Alarms;
  readonly targets: EventTargets;
  readonly log: (line: string) => void;
}

/** A function that runs for each event is not kept waiting for the one before. */
const MAX_UNDERWAY = 10;
/**
 * Before the second attempt, the third and so on. After the last one the event is given up and told of. Those of functions
 * are Lambda's: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
const RETRY_SECONDS: Readonly<Record<Notification['target']['kind'], readonly number[]>> = {
  queue: [1, 10, 60, 300, 900, 3_600],
  function: [60, 120],
};

type Content = { readonly facts: EventFacts } | { readonly test: { readonly time: number } };

interface Row {
  readonly id: number;
  readonly bucketArn: string;
  readonly bucketName: string;
  readonly notification: Pick<Notification, 'id' | 'target'>;
  readonly content: Content;
  readonly attempts: number;
}

export function createEventOutbox(options: OutboxOptions): EventOutbox {
  const { database, clock, alarms, log } = options;
  const underway = new Set<number>();
  let waiters: (() => void)[] = [];
  let cancelAlarm: () => void = () => undefined;
  let closed = false;

  function insert(bucket: BucketDefinition, { id, target }: Notification, content: Content): void {
    prepared(database, 'INSERT INTO s3_events (bucket, notification, event, attempts, due) VALUES (?, ?, ?, 0, ?)').run(
      bucket.name,
      JSON.stringify({ id, target }),
      JSON.stringify(content),
      clock.now(),
    );
  }

  async function deliver(row: Row): Promise<void> {
    const { target } = row.notification;
    const body = JSON.stringify(messageOf(row, options.account));
    const send = target.kind === 'queue' ? options.targets.sendToQueue : options.targets.invokeFunction;
    try {
      await send(target.arn, body, row.bucketArn);
      if (!closed) prepared(database, 'DELETE FROM s3_events WHERE id = ?').run(row.id);
    } catch (error) {
      if (!closed) postpone(row, error);
    }
  }

  function postpone({ id, attempts, bucketName, notification }: Row, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    const told = `s3 ${bucketName}: an event for ${notification.target.arn} was not taken: ${reason}`;
    const seconds = RETRY_SECONDS[notification.target.kind][attempts];
    if (seconds === undefined) {
      log(`${told} (given up after ${attempts + 1} attempts)`);
      prepared(database, 'DELETE FROM s3_events WHERE id = ?').run(id);
      return;
    }
    log(`${told} (again in ${seconds} s)`);
    const sql = 'UPDATE s3_events SET attempts = attempts + 1, due = ? WHERE id = ?';
    prepared(database, sql).run(clock.now() + seconds * 1000, id);
  }

  function wake(): void {
    cancelAlarm();
    if (closed) return;
    for (const row of dueRows()) {
      if (underway.size >= MAX_UNDERWAY) return;
      if (underway.has(row.id)) continue;
      underway.add(row.id);
      void deliver(row).finally(() => {
        underway.delete(row.id);
        wake();
      });
    }
    if (underway.size > 0) return;
    for (const resolve of waiters.splice(0)) resolve();
    const next = prepared(database, 'SELECT min(due) AS due FROM s3_events').get()?.['due'];
    if (typeof next === 'number') cancelAlarm = alarms.at(next, wake);
  }

  const dueRows = (): readonly Row[] =>
    prepared(database, 'SELECT * FROM s3_events WHERE due <= ? ORDER BY id LIMIT ?')
      .all(clock.now(), MAX_UNDERWAY * 2)
      .map(rowOf);

  return {
    record(name, bucket, object, source) {
      const facts = eventFacts(name, bucket, object, { time: clock.now(), source });
      for (const notification of bucket.notifications) {
        if (isAbout(notification, facts)) insert(bucket, notification, { facts });
      }
    },
    announce(buckets) {
      transaction(database, () => {
        for (const bucket of buckets) {
          for (const notification of bucket.notifications) {
            if (notification.target.kind !== 'queue') continue;
            const sql = 'INSERT INTO s3_notified (bucket, arn) VALUES (?, ?) ON CONFLICT DO NOTHING';
            const { changes } = prepared(database, sql).run(bucket.name, notification.target.arn);
            if (changes > 0) insert(bucket, notification, { test: { time: clock.now() } });
          }
        }
      });
    },
    wake,
    latest: () => Number(prepared(database, LATEST).get()?.['seq'] ?? 0),
    idle() {
      wake();
      return underway.size === 0 ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve));
    },
    close() {
      closed = true;
      cancelAlarm();
      for (const resolve of waiters.splice(0)) resolve();
    },
  };
}

const LATEST = "SELECT seq FROM sqlite_sequence WHERE name = 's3_events'";

/** `s3:ObjectCreated:*` covers all of its kind. */
function isAbout({ events, prefix, suffix }: Notification, { name, key }: EventFacts): boolean {
  const isNamed = events.some((event) => event === `s3:${name}` || event === `s3:${name.split(':')[0]}:*`);
  return isNamed && key.startsWith(prefix) && key.endsWith(suffix);
}

function messageOf(
  { id, bucketName, bucketArn, notification, content }: Row,
  { region, accountId }: Account,
): JsonObject {
  if ('test' in content)
    return testMessage(bucketName, id.toString(16).toUpperCase().padStart(16, '0'), content.test.time);
  const bucket = { name: bucketName, arn: bucketArn };
  return eventMessage({
    facts: content.facts,
    bucket,
    configurationId: notification.id,
    region,
    accountId,
    sequence: id,
  });
}

function rowOf(row: Readonly<Record<string, unknown>>): Row {
  const bucketName = String(row['bucket']);
  return {
    id: Number(row['id']),
    bucketName,
    bucketArn: `arn:aws:s3:::${bucketName}`,
    notification: JSON.parse(String(row['notification'])) as Row['notification'],
    content: JSON.parse(String(row['event'])) as Content,
    attempts: Number(row['attempts']),
  };
}

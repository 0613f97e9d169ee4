import type { DatabaseSync } from 'node:sqlite';
import { prepared, transaction } from '../../database.ts';
import { checkQueues } from './checkQueues.ts';
import { queueDoesNotExist } from './errors.ts';
import type { Queue, QueueDefinition } from './model.ts';

/** The queues there are. */
export interface Queues {
  /** Takes the definitions over, all or none. Throws `AwsError` for one that AWS would refuse, with its address. */
  provision(definitions: readonly QueueDefinition[]): void;
  /** Makes every other queue unreachable; its messages stay in the database until they expire. */
  retain(names: ReadonlySet<string>): void;
  /** In alphabetical order. */
  list(): readonly Queue[];
  byName(name: string): Queue | undefined;
  byArn(arn: string): Queue | undefined;
  /** By `http://localhost:4001/123456789012/name`; throws `QueueDoesNotExist`. */
  open(url: string): Queue;
  /** Those that send to this one what was received too often. */
  sourcesOf(queue: Queue): readonly Queue[];
}

interface Row {
  readonly number: number;
  readonly created_at: number;
  readonly modified_at: number;
  readonly settings: string;
}

const SELECT = 'SELECT number, created_at, modified_at, settings FROM sqs_queues WHERE name = ?';
const INSERT =
  'INSERT INTO sqs_queues (name, created_at, modified_at, retention_seconds, settings) VALUES (?, ?, ?, ?, ?)';
const UPDATE = 'UPDATE sqs_queues SET modified_at = ?, retention_seconds = ?, settings = ? WHERE number = ?';

export function openQueues(database: DatabaseSync, now: () => number): Queues {
  let queues = new Map<string, Queue>();
  let byArn = new Map<string, Queue>();
  const use = (next: Map<string, Queue>): void => {
    queues = new Map([...next].sort(([left], [right]) => (left < right ? -1 : 1)));
    byArn = new Map([...next.values()].map((queue) => [queue.arn, queue]));
  };

  function store(definition: QueueDefinition): Queue {
    const { name, retentionSeconds } = definition;
    const settings = settingsOf(definition);
    const known = prepared(database, SELECT).get(name) as Row | undefined;
    if (!known) {
      const { lastInsertRowid } = prepared(database, INSERT).run(name, now(), now(), retentionSeconds, settings);
      return { ...definition, number: Number(lastInsertRowid), createdAt: now(), modifiedAt: now() };
    }
    const modifiedAt = known.settings === settings ? known.modified_at : now();
    if (known.settings !== settings)
      prepared(database, UPDATE).run(modifiedAt, retentionSeconds, settings, known.number);
    return { ...definition, number: known.number, createdAt: known.created_at, modifiedAt };
  }

  return {
    provision(definitions) {
      checkQueues(definitions);
      const stored = transaction(database, () => definitions.map(store));
      use(new Map([...queues, ...stored.map((queue) => [queue.name, queue] as const)]));
    },
    retain: (names) => use(new Map([...queues].filter(([name]) => names.has(name)))),
    list: () => [...queues.values()],
    byName: (name) => queues.get(name),
    byArn: (arn) => byArn.get(arn),
    open(url) {
      const [, accountId, name] = /\/(\d{12})\/([^/?#]+)\/?$/.exec(url) ?? [];
      const found = name === undefined ? undefined : queues.get(name);
      if (!found || found.arn.split(':')[4] !== accountId) throw queueDoesNotExist();
      return found;
    },
    sourcesOf: ({ arn }) =>
      [...queues.values()].filter(({ redrivePolicy }) => redrivePolicy?.deadLetterTargetArn === arn),
  };
}

/** What an operator would see as a change: neither the port of the URL nor the address in the Terraform. */
function settingsOf({ url: _url, address: _address, ...settings }: QueueDefinition): string {
  return JSON.stringify(settings);
}

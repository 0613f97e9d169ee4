import type { Message } from '@aws-sdk/client-sqs';
import { readBatchNote } from './batchNote.ts';
import { attributeOf, sentAt } from './peek.ts';
import type { DeadKind, DeadQueue } from './queues.ts';

const HOLDS: Readonly<Record<DeadKind, string>> = {
  messages: 'messages',
  batches: 'batches of streams',
  events: 'events',
};

/** All queues, as a table. */
export function tableOf(queues: readonly DeadQueue[]): readonly string[] {
  const widest = Math.max(...queues.map(({ name }) => name.length), 'queue'.length);
  const row = (cells: readonly [string, string, string, string]): string =>
    [cells[0].padEnd(widest), cells[1].padEnd(18), cells[2].padStart(7), cells[3].padStart(6)].join('  ');
  return [
    row(['queue', 'holds', 'waiting', 'hidden']),
    ...queues.map(({ name, kind, waiting, hidden }) => row([name, HOLDS[kind], `${waiting}`, `${hidden}`])),
  ];
}

const MAX_BODY = 300;

/** What is said of one message: when, why, of which request, and what it is. */
export function messageLines(message: Message, kind: DeadKind): readonly string[] {
  const when = new Date(sentAt(message)).toISOString();
  if (kind === 'batches') return [when, ...noteLines(message.Body ?? '')];
  const trace = attributeOf(message, 'trace');
  const reason = attributeOf(message, 'reason') ?? attributeOf(message, 'ErrorMessage');
  return [
    `${when}  ${attributeOf(message, 'messageId') ?? attributeOf(message, 'RequestID') ?? message.MessageId ?? ''}`,
    `    reason: ${reason ?? 'none told: the function ended without a word, as by its time limit'}`,
    ...(trace === undefined ? [] : [`    npm run trace -- ${trace}`]),
    `    ${shortened(message.Body ?? '')}`,
  ];
}

function noteLines(body: string): readonly string[] {
  const note = readBatchNote(body);
  if (!note) return [`    no note of a batch: ${shortened(body)}`];
  const { functionArn, condition, attempts, batchSize, streamArn, firstNumber, lastNumber, since } = note;
  const table = /:table\/([^/]+)\//.exec(streamArn)?.[1] ?? streamArn;
  return [
    `    ${functionArn.split(':function:')[1] ?? functionArn} gave up ${batchSize} records of ${table} after ${attempts} attempts: ${condition}`,
    `    written since ${since}, numbers ${firstNumber} to ${lastNumber}; its log says why`,
  ];
}

const shortened = (text: string): string => (text.length > MAX_BODY ? `${text.slice(0, MAX_BODY)}...` : text);

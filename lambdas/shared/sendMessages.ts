import { SendMessageBatchCommand, SQSClient, type SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import { TRACE_ATTRIBUTE } from './messages.ts';
import { MAX_ATTEMPTS, pauseAfter } from './retry.ts';

/** See `dynamodb` for why it gives a request up after seconds. */
export const sqs = new SQSClient({
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
});

export interface Sending {
  readonly trace?: string | undefined;
  /** 0-900. */
  readonly delaySeconds?: number;
  /** Further attributes, all of them texts. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** `body` becomes JSON; `text` goes as it is. */
export type OutgoingMessage = Sending & ({ readonly body: object } | { readonly text: string });

/** Entries in one SendMessageBatch; all of them together take at most 1 MiB. */
const MAX_ENTRIES = 10;
const MAX_BATCH_BYTES = 1024 * 1024;

/** Sends them all, in no promised order. What was sent before a failure stays sent. @throws when some do not come through. */
export async function sendMessages(queueUrl: string, messages: readonly OutgoingMessage[]): Promise<void> {
  for (const batch of batches(messages.map(entry))) await sendBatch(queueUrl, batch);
}

type Entry = SendMessageBatchRequestEntry & { readonly MessageBody: string };

function entry(message: OutgoingMessage, index: number): Entry {
  const { trace, delaySeconds, attributes } = message;
  const texts = { ...attributes, ...(trace === undefined ? {} : { [TRACE_ATTRIBUTE]: trace }) };
  return {
    Id: `${index}`,
    MessageBody: 'text' in message ? message.text : JSON.stringify(message.body),
    DelaySeconds: delaySeconds,
    MessageAttributes: Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [name, { DataType: 'String', StringValue: text }]),
    ),
  };
}

function* batches(entries: readonly Entry[]): Generator<Entry[]> {
  let batch: Entry[] = [];
  let bytes = 0;
  for (const each of entries) {
    const size = Buffer.byteLength(each.MessageBody);
    if (batch.length === MAX_ENTRIES || (batch.length > 0 && bytes + size > MAX_BATCH_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(each);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

/** SQS may take a part, and name the rest. */
async function sendBatch(queueUrl: string, batch: readonly Entry[]): Promise<void> {
  let rest = batch;
  for (let attempt = 1; rest.length > 0; attempt += 1) {
    if (attempt > 1) await pauseAfter(attempt - 1);
    const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: [...rest] }));
    const failed = new Map(Failed.map((each) => [each.Id, each]));
    rest = rest.filter(({ Id }) => failed.has(Id));
    const [first] = failed.values();
    if (first && (attempt === MAX_ATTEMPTS || first.SenderFault)) {
      throw new Error(`${rest.length} messages were not sent to ${queueUrl}: ${first.Code} ${first.Message ?? ''}`);
    }
  }
}

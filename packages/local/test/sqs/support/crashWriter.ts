/**
 * Sends, receives and deletes until it is killed: `node crashWriter.ts FILE ROUND`. A line on standard output acknowledges what
 * has returned: `sent body`, `received body count`, `deleted body`.
 */
import { writeSync } from 'node:fs';
import type { JsonObject } from '../../../src/json.ts';
import { openQueues, urlOf, withDeadLetters } from './queues.ts';

const STANDARD_OUTPUT = 1;
const ROOT = { arn: 'arn:aws:iam::123456789012:root' };

const [file, round] = process.argv.slice(2) as [string, string];
const { sqs } = openQueues(withDeadLetters(1_000), { file });
const tell = (line: string): void => void writeSync(STANDARD_OUTPUT, `${line}\n`);
const call = async (operation: string, input: JsonObject): Promise<JsonObject> =>
  sqs.call(operation, { QueueUrl: urlOf('jobs'), ...input }, ROOT);

/** Every third message is received, and every second of these is deleted. */
for (let number = 0; ; number += 1) {
  const body = `${round}-${number}`;
  if (number % 5 === 0) {
    await call('SendMessageBatch', { Entries: [{ Id: 'a', MessageBody: body }] });
  } else await call('SendMessage', { MessageBody: body });
  tell(`sent ${body}`);
  if (number % 3 !== 0) continue;
  const { Messages } = (await call('ReceiveMessage', { VisibilityTimeout: 43_200 })) as {
    Messages: { Body: string; ReceiptHandle: string }[];
  };
  const { Body, ReceiptHandle } = Messages[0]!;
  tell(`received ${Body}`);
  if (number % 2 !== 0) continue;
  // Told before and after: a kill between the two leaves it open which.
  tell(`deleting ${Body}`);
  await call('DeleteMessage', { ReceiptHandle });
  tell(`deleted ${Body}`);
}

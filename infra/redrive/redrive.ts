import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import type { Deployment } from '../deployed/deployment.ts';
import { OperatorError } from '../deployed/operatorError.ts';
import { readBatchNote } from './batchNote.ts';
import { handOver } from './handOver.ts';
import { moveAllBack, moveSomeBack } from './moveBack.ts';
import type { DeadKind, DeadQueue } from './queues.ts';
import { recordsOf, streamsApi } from './streamRecords.ts';
import { takeEach } from './take.ts';

export interface Redrive {
  readonly deployment: Deployment;
  readonly sqs: SQSClient;
  readonly lambda: LambdaClient;
  readonly queue: DeadQueue;
  /** Null: all. */
  readonly max: number | null;
  readonly tell: (line: string) => void;
}

/** Gives work again. Sets `process.exitCode` to 1 when some of it was left. @throws OperatorError */
export async function redrive(options: Redrive): Promise<void> {
  const { queue, tell } = options;
  if (queue.waiting === 0) {
    const hidden =
      queue.hidden > 0 ? `; ${queue.hidden} are hidden for a while, being dealt with or just looked at` : '';
    return tell(`${queue.name}: nothing waits${hidden}.`);
  }
  await BY_KIND[queue.kind](options);
}

const BY_KIND: Readonly<Record<DeadKind, (options: Redrive) => Promise<void>>> = {
  messages: moveMessages,
  batches: (options) => takeAll(options, (message) => giveBatch(options, message)),
  events: (options) => takeAll(options, (message) => giveEvent(options, message)),
};

async function moveMessages({ sqs, queue, max, tell }: Redrive): Promise<void> {
  const to = queue.source?.split('/').at(-1) ?? '';
  if (max !== null) return tell(`moved ${await moveSomeBack(sqs, queue, max)} messages back to ${to}.`);
  let last = -1;
  const moved = await moveAllBack(sqs, queue, (count, of) => {
    if (count !== last) tell(`  ${count} of about ${of}`);
    last = count;
  });
  tell(`moved ${moved} messages back to ${to}.`);
}

async function takeAll(
  { sqs, queue, max, tell }: Redrive,
  deal: (message: Message) => Promise<boolean>,
): Promise<void> {
  const { done, left } = await takeEach(sqs, queue, max ?? Infinity, deal);
  tell(`gave ${done} again, left ${left}, which are there again in five minutes.`.replace(/, left 0,.*/, '.'));
  if (left > 0) process.exitCode = 1;
}

/** What the stream no longer has cannot be given again; its note stays, so that somebody decides. */
async function giveBatch({ lambda, deployment, tell }: Redrive, { Body = '' }: Message): Promise<boolean> {
  const note = readBatchNote(Body);
  if (!note) return leave(tell, `is no note of a batch: ${Body.slice(0, 200)}`);
  const what = `${note.batchSize} records written since ${note.since}`;
  try {
    const records = await recordsOf(note, streamsApi(lambda, deployment.client.endpoint));
    const problem = await handOver(lambda, note.functionArn, records);
    if (problem !== null) return leave(tell, `${what}: ${problem}`);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return leave(tell, `${what}: ${error.message}. See "Given-up work" in docs/runbook.md`);
  }
  tell(`  done: ${what}`);
  return true;
}

/** The function is called as it was called first, and what fails again comes back here. */
async function giveEvent({ lambda, deployment, queue, tell }: Redrive, { Body = '' }: Message): Promise<boolean> {
  const FunctionName = `${deployment.namePrefix}-${queue.name.slice(0, queue.name.lastIndexOf('-'))}`;
  await lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: Buffer.from(Body) }));
  tell(`  sent to ${FunctionName}: ${Body.slice(0, 200)}`);
  return true;
}

function leave(tell: (line: string) => void, why: string): false {
  tell(`  left: ${why}`);
  return false;
}

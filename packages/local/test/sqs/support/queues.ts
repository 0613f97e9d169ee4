import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  type Message,
  type ReceiveMessageCommandInput,
  type SendMessageCommandInput,
} from '@aws-sdk/client-sqs';
import { createAlarms } from '../../../src/alarms.ts';
import { AwsError } from '../../../src/aws/error.ts';
import type { Access, Authorizer, Principal } from '../../../src/aws/service.ts';
import { manualClock, movableClock, type MovableClock } from '../../../src/clock.ts';
import { openDatabase } from '../../../src/database.ts';
import { seededRandom } from '../../../src/random.ts';
import { createSqs, type QueueDefinition, type Sqs } from '../../../src/services/sqs/index.ts';
import { REGION, ROOT_KEY, startPort, type RunningPort } from '../../aws/support.ts';
import { manualTimers, type ManualTimers } from '../../lambda/support.ts';

/** 2026-01-01T00:00:00Z */
export const START = 1_767_225_600_000;
export const ACCOUNT = { region: REGION, accountId: '123456789012' } as const;

export const arnOf = (name: string): string => `arn:aws:sqs:${REGION}:123456789012:${name}`;
export const urlOf = (name: string): string => `http://localhost:4001/123456789012/${name}`;

/** A queue as the Terraform provider makes it, called `jobs` unless said otherwise. */
export function queue(changes: Partial<QueueDefinition> = {}): QueueDefinition {
  const { name = 'jobs' } = changes;
  return {
    name,
    arn: arnOf(name),
    url: urlOf(name),
    address: `api.aws_sqs_queue.${name}`,
    visibilityTimeoutSeconds: 30,
    delaySeconds: 0,
    maximumMessageBytes: 262_144,
    retentionSeconds: 345_600,
    receiveWaitSeconds: 0,
    redrivePolicy: null,
    redriveAllowPolicy: null,
    policy: null,
    encryption: { kind: 'sqs' },
    ...changes,
  };
}

/** A queue that gives up a message after so many receptions, and `dead` that keeps it. */
export const withDeadLetters = (maxReceiveCount: number): QueueDefinition[] => [
  queue({ redrivePolicy: { deadLetterTargetArn: arnOf('dead'), maxReceiveCount } }),
  queue({ name: 'dead' }),
];

export interface Queues {
  readonly sqs: Sqs;
  /** Stands still until a test moves it. */
  readonly clock: MovableClock;
  /** What long polls wait by. */
  readonly timers: ManualTimers;
  /** What `send` asked IAM. */
  readonly asked: (Access & { readonly principal: string })[];
  /** Actions that nobody may. */
  readonly denied: Set<string>;
  close(): void;
}

export function openQueues(
  definitions: readonly QueueDefinition[] = [queue()],
  options: { readonly file?: string; readonly authorizer?: Authorizer } = {},
): Queues {
  const database = openDatabase(options.file ?? ':memory:');
  const clock = movableClock(manualClock(START));
  clock.set(START);
  const timers = manualTimers();
  const asked: (Access & { readonly principal: string })[] = [];
  const denied = new Set<string>();
  const alarms = createAlarms(clock);
  const sqs = createSqs({
    database,
    account: ACCOUNT,
    clock,
    alarms,
    random: seededRandom('sqs'),
    authorizer: options.authorizer ?? {
      authorize(principal: Principal, access: Access) {
        asked.push({ ...access, principal: principal.arn });
        if (denied.has(access.action)) throw new AwsError('AccessDeniedException', `no ${access.action}`);
      },
    },
    roleIdOf: () => 'AROAABCDEFGHIJKLMNOPQ',
    timers,
  });
  sqs.provision(definitions);
  const close = (): void => {
    sqs.close();
    alarms.close();
    database.close();
  };
  return { sqs, clock, timers, asked, denied, close };
}

export interface Served extends Queues {
  readonly client: SQSClient;
  readonly port: RunningPort;
  stop(): Promise<void>;
}

/** The queues behind a real port, and AWS's own client with root's key. */
export async function serveQueues(
  definitions?: readonly QueueDefinition[],
  options: Parameters<typeof startPort>[1] = {},
): Promise<Served> {
  const queues = openQueues(definitions);
  const port = await startPort([queues.sqs], options);
  const client = new SQSClient({ endpoint: port.url, region: REGION, credentials: ROOT_KEY, maxAttempts: 1 });
  return {
    ...queues,
    client,
    port,
    async stop() {
      client.destroy();
      await port.close();
      queues.close();
    },
  };
}

export interface Refusal {
  readonly name: string;
  readonly message: string;
  readonly status: number | undefined;
}

/** What the client made of a refusal; the call must be refused. */
export async function refusal(call: Promise<unknown>): Promise<Refusal> {
  try {
    await call;
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    return { name, message, status: $metadata?.httpStatusCode };
  }
  throw new Error('The call was not refused');
}

export async function send(
  { client }: Served,
  MessageBody: string,
  { name = 'jobs', ...input }: Partial<SendMessageCommandInput> & { readonly name?: string } = {},
): Promise<string | undefined> {
  const answer = await client.send(new SendMessageCommand({ QueueUrl: urlOf(name), MessageBody, ...input }));
  return answer.MessageId;
}

/** Up to ten messages, with all that SQS tells of them. */
export async function receive(
  { client }: Served,
  { name = 'jobs', ...input }: Partial<ReceiveMessageCommandInput> & { readonly name?: string } = {},
): Promise<Message[]> {
  const command = { QueueUrl: urlOf(name), MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All' as const] };
  return (await client.send(new ReceiveMessageCommand({ ...command, ...input }))).Messages ?? [];
}

const COUNTS = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

/** How many messages are visible, in flight and delayed. */
export async function counts({ client }: Served, name = 'jobs'): Promise<readonly number[]> {
  const command = new GetQueueAttributesCommand({ QueueUrl: urlOf(name), AttributeNames: [...COUNTS] });
  const { Attributes } = await client.send(command);
  return COUNTS.map((attribute) => Number(Attributes?.[attribute]));
}

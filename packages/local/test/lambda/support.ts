import type { DatabaseSync } from 'node:sqlite';
import { strToU8, zipSync } from 'fflate';
import { createAlarms } from '../../src/alarms.ts';
import type { SessionKey } from '../../src/aws/credentials.ts';
import { type MovableClock, movableClock } from '../../src/clock.ts';
import { openDatabase } from '../../src/database.ts';
import { seededRandom } from '../../src/random.ts';
import {
  createLambda,
  type Around,
  type DestinationMessage,
  type FunctionDefinition,
  type Lambda,
  type LogLine,
  type Timers,
} from '../../src/services/lambda/index.ts';

export const account = { region: 'ap-northeast-1', accountId: '123456789012' } as const;
export const role = { arn: 'arn:aws:iam::123456789012:role/handler', address: 'api.aws_iam_role.handler' } as const;

export const sessionKey: SessionKey = { accessKeyId: 'ASIATEST', secretAccessKey: 'secret', sessionToken: 'token' };

export function zip(files: Readonly<Record<string, string>>): Uint8Array {
  const entries = Object.entries(files).map(([name, text]) => [name, strToU8(text)]);
  // The same files are the same archive, at whatever time.
  return zipSync(Object.fromEntries(entries), { mtime: '2026-01-01T00:00:00' });
}

/** A function whose module is `source` (ESM), called `work` unless said otherwise. */
export function functionOf(source: string, changes: Partial<FunctionDefinition> = {}): FunctionDefinition {
  const functionName = changes.functionName ?? 'work';
  return {
    functionName,
    arn: `arn:aws:lambda:ap-northeast-1:123456789012:function:${functionName}`,
    address: `api.aws_lambda_function.${functionName}`,
    code: zip({ 'index.mjs': source }),
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    environment: {},
    timeoutSeconds: 30,
    memoryMegabytes: 128,
    principal: role,
    ...changes,
  };
}

export interface SentMessage extends DestinationMessage {
  readonly queueArn: string;
  readonly role: string;
}

export interface TestLambda {
  readonly lambda: Lambda;
  readonly lines: LogLine[];
  readonly clock: MovableClock;
  /** What was sent to queues. */
  readonly sent: SentMessage[];
}

export interface TestLambdaOptions {
  readonly timers?: Timers;
  readonly clock?: MovableClock;
  readonly around?: Around;
  readonly database?: DatabaseSync;
  /** Called before a message is taken; may throw. */
  readonly onSend?: (message: SentMessage) => void;
}

export function startLambda({ onSend, ...options }: TestLambdaOptions = {}): TestLambda {
  const lines: LogLine[] = [];
  const sent: SentMessage[] = [];
  const clock = options.clock ?? movableClock();
  const lambda = createLambda({
    database: openDatabase(':memory:'),
    account,
    random: seededRandom('lambda'),
    alarms: createAlarms(clock),
    sendToQueue: async (queueArn, message, principal) => {
      onSend?.({ queueArn, role: principal.arn, ...message });
      sent.push({ queueArn, role: principal.arn, ...message });
    },
    endpointUrl: () => 'http://127.0.0.1:4001',
    credentialsFor: () => sessionKey,
    onLog: (line) => void lines.push(line),
    ...options,
    clock,
  });
  return { lambda, lines, clock, sent };
}

export interface ManualTimers extends Timers {
  /** The delays that are waited for, in the order they began. */
  delays(): number[];
  /** Ends every wait of exactly this length. */
  fire(milliseconds: number): void;
  /** Resolves when a wait of this length has begun. */
  waitingFor(milliseconds: number): Promise<void>;
  /** Resolves when nobody waits. */
  nothingWaits(): Promise<void>;
}

/** Time that passes only when the test says so. */
export function manualTimers(): ManualTimers {
  const waiting = new Map<object, { readonly milliseconds: number; readonly callback: () => void }>();
  const watchers: { readonly milliseconds: number; readonly resolve: () => void }[] = [];
  let onQuiet: (() => void)[] = [];
  const delays = (): number[] => [...waiting.values()].map(({ milliseconds }) => milliseconds);
  return {
    delays,
    setTimeout(callback, milliseconds) {
      const handle = {};
      waiting.set(handle, { milliseconds, callback });
      for (const watcher of watchers) if (watcher.milliseconds === milliseconds) watcher.resolve();
      return handle;
    },
    clearTimeout(handle) {
      waiting.delete(handle as object);
      if (waiting.size > 0) return;
      for (const resolve of onQuiet) resolve();
      onQuiet = [];
    },
    fire(milliseconds) {
      for (const [handle, wait] of [...waiting]) {
        if (wait.milliseconds !== milliseconds) continue;
        waiting.delete(handle);
        wait.callback();
      }
    },
    waitingFor(milliseconds) {
      if (delays().includes(milliseconds)) return Promise.resolve();
      return new Promise((resolve) => watchers.push({ milliseconds, resolve }));
    },
    nothingWaits: () => (waiting.size === 0 ? Promise.resolve() : new Promise((resolve) => onQuiet.push(resolve))),
  };
}

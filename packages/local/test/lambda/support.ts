import { strToU8, zipSync } from 'fflate';
import type { SessionKey } from '../../src/aws/credentials.ts';
import { seededRandom } from '../../src/random.ts';
import {
  createLambda,
  type FunctionDefinition,
  type Lambda,
  type LogLine,
  type Timers,
} from '../../src/services/lambda/index.ts';

export const account = { region: 'ap-northeast-1', accountId: '123456789012' } as const;
export const role = { arn: 'arn:aws:iam::123456789012:role/handler', address: 'api.aws_iam_role.handler' } as const;

export const sessionKey: SessionKey = { accessKeyId: 'ASIATEST', secretAccessKey: 'secret', sessionToken: 'token' };

export function zip(files: Readonly<Record<string, string>>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
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

export interface TestLambda {
  readonly lambda: Lambda;
  readonly lines: LogLine[];
}

export function startLambda(options: { readonly timers?: Timers } = {}): TestLambda {
  const lines: LogLine[] = [];
  const lambda = createLambda({
    account,
    random: seededRandom('lambda'),
    endpointUrl: () => 'http://127.0.0.1:4001',
    credentialsFor: () => sessionKey,
    onLog: (line) => void lines.push(line),
    ...options,
  });
  return { lambda, lines };
}

export interface ManualTimers extends Timers {
  /** The delays that are waited for, in the order they began. */
  delays(): number[];
  /** Ends every wait of exactly this length. */
  fire(milliseconds: number): void;
  /** Resolves when a wait of this length has begun. */
  waitingFor(milliseconds: number): Promise<void>;
}

/** Time that passes only when the test says so. */
export function manualTimers(): ManualTimers {
  const waiting = new Map<object, { readonly milliseconds: number; readonly callback: () => void }>();
  const watchers: { readonly milliseconds: number; readonly resolve: () => void }[] = [];
  const delays = (): number[] => [...waiting.values()].map(({ milliseconds }) => milliseconds);
  return {
    delays,
    setTimeout(callback, milliseconds) {
      const handle = {};
      waiting.set(handle, { milliseconds, callback });
      for (const watcher of watchers) if (watcher.milliseconds === milliseconds) watcher.resolve();
      return handle;
    },
    clearTimeout: (handle) => void waiting.delete(handle as object),
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
  };
}

import { Worker } from 'node:worker_threads';
import type { SessionKey } from '../../aws/credentials.ts';
import type { Clock } from '../../clock.ts';
import type { FunctionVersion } from './definition.ts';
import { workerEnvironment } from './environment.ts';
import { INIT_TIMEOUT_SECONDS } from './limits.ts';
import type { FunctionError, InvokeMessage, LogLevel, WorkerMessage, WorkerSettings } from './messages.ts';
import type { Timers } from '../../timers.ts';

/** One execution environment: a worker that runs one event at a time and is used again while it is healthy. */
export interface Sandbox {
  /** False once the worker has ended or must not be used again. */
  readonly alive: boolean;
  /** Never rejects for what the function does. */
  run(requestId: string, payload: string, traceId?: string): Promise<Outcome>;
  terminate(): Promise<void>;
  /** Ends it at once, as Lambda ends what misbehaves; what runs ends with the error that is returned. */
  kill(): Outcome;
}

export type Outcome = { readonly payload: string } | { readonly error: FunctionError };

/** One line of a function's console. */
export interface LogLine {
  readonly functionName: string;
  /** `null` while the module loads. */
  readonly requestId: string | null;
  readonly level: LogLevel;
  readonly message: string;
}

export interface SandboxOptions {
  readonly version: FunctionVersion;
  readonly region: string;
  readonly endpointUrl: string;
  readonly credentials: SessionKey;
  readonly localize: (text: string) => string;
  readonly timers: Timers;
  readonly clock: Clock;
  readonly onLog: (line: LogLine) => void;
}

interface Invocation {
  readonly requestId: string;
  settle(outcome: Outcome): void;
}

export function startSandbox({ version, timers, clock, onLog, ...surroundings }: SandboxOptions): Sandbox {
  const { functionName, memoryMegabytes, timeoutSeconds } = version;
  const worker = new Worker(new URL('./worker/main.ts', import.meta.url), {
    workerData: { ...settingsOf(version, workerEnvironment(version, surroundings)), now: clock.now() },
    // Nothing of this process leaks in: the worker sets what it is given itself.
    env: {},
    argv: [],
    execArgv: [],
    stdout: true,
    stderr: true,
    name: functionName,
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
  });
  let alive = true;
  let current: Invocation | null = null;
  const ready = Promise.withResolvers<FunctionError | null>();

  const log = (level: LogLevel, message: string, requestId = current?.requestId ?? null): void =>
    onLog({ functionName, requestId, level, message });
  const end = (error: FunctionError): void => {
    alive = false;
    ready.resolve(error);
    current?.settle({ error });
    void worker.terminate();
  };
  const receive = (message: WorkerMessage): void => {
    if (message.kind === 'ready') ready.resolve(null);
    else if (message.kind === 'log') log(message.level, message.message, message.requestId);
    else if (message.kind === 'succeeded') current?.settle({ payload: message.payload });
    else if (message.kind === 'failed') current?.settle({ error: message.error });
    else end(message.error);
  };

  worker.on('message', receive);
  worker.on('error', (error) => end(exitError(current, describeWorkerError(error))));
  worker.on('exit', (code) => end(exitError(current, describeExit(code))));
  worker.stdout.on('data', (chunk: Buffer) => log('INFO', chunk.toString('utf8').trimEnd()));
  worker.stderr.on('data', (chunk: Buffer) => log('ERROR', chunk.toString('utf8').trimEnd()));

  async function withLimit<T>(work: Promise<T>, seconds: number): Promise<T> {
    const timer = timers.setTimeout(() => end(timedOut(current, seconds)), seconds * 1000);
    try {
      return await work;
    } finally {
      timers.clearTimeout(timer);
    }
  }

  return {
    get alive() {
      return alive;
    },
    async run(requestId, payload, traceId = '') {
      const settled = Promise.withResolvers<Outcome>();
      current = { requestId, settle: settled.resolve };
      try {
        const initError = await withLimit(ready.promise, INIT_TIMEOUT_SECONDS);
        if (initError) return { error: initError };
        const timeoutMilliseconds = timeoutSeconds * 1000;
        const message: InvokeMessage = { requestId, payload, traceId, timeoutMilliseconds, now: clock.now() };
        worker.postMessage(message);
        return await withLimit(settled.promise, timeoutSeconds);
      } finally {
        current = null;
      }
    },
    kill() {
      const error = exitError(current, 'with error: signal: killed');
      end(error);
      return { error };
    },
    async terminate() {
      alive = false;
      await worker.terminate();
    },
  };
}

function settingsOf(
  version: FunctionVersion,
  environment: Readonly<Record<string, string>>,
): Omit<WorkerSettings, 'now'> {
  return {
    archive: version.archive,
    layers: version.openedLayers,
    entry: version.entry,
    exportName: version.exportName,
    nodeVersion: Number(/\d+/.exec(version.runtime)?.[0]),
    environment,
    context: {
      functionName: version.functionName,
      functionVersion: '$LATEST',
      invokedFunctionArn: version.arn,
      memoryLimitInMB: String(version.memoryMegabytes),
      logGroupName: environment.AWS_LAMBDA_LOG_GROUP_NAME!,
      logStreamName: environment.AWS_LAMBDA_LOG_STREAM_NAME!,
    },
  };
}

const prefix = (invocation: Invocation | null): string => (invocation ? `RequestId: ${invocation.requestId} ` : '');

function timedOut(invocation: Invocation | null, seconds: number): FunctionError {
  const errorMessage = `${prefix(invocation)}Error: Task timed out after ${seconds.toFixed(2)} seconds`;
  return { errorType: 'Sandbox.Timedout', errorMessage };
}

function exitError(invocation: Invocation | null, reason: string): FunctionError {
  return { errorType: 'Runtime.ExitError', errorMessage: `${prefix(invocation)}Error: Runtime exited ${reason}` };
}

const describeExit = (code: number): string =>
  code === 0 ? 'without providing a reason' : `with error: exit status ${code}`;

/** Lambda kills what uses more memory than the function has, and says no more than this. */
function describeWorkerError(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'with error: signal: killed' : `with error: ${String(error)}`;
}

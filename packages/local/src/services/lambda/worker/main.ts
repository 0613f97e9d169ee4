import { format } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import type { InvokeMessage, LogLevel, WorkerMessage, WorkerSettings } from '../messages.ts';
import { toFunctionError, toInitError } from './functionError.ts';
import { loadHandler, runHandler } from './handler.ts';
import { serveModules } from './modules.ts';
import { refuseOutboundConnections } from './network.ts';

/** The inside of an execution environment: loads one function and runs one event at a time. */

const port = parentPort!;
const settings = workerData as WorkerSettings;
let requestId: string | null = null;

const post = (message: WorkerMessage): void => port.postMessage(message);

function captureConsole(): void {
  const levels: Readonly<Record<string, LogLevel>> = {
    trace: 'TRACE',
    debug: 'DEBUG',
    log: 'INFO',
    info: 'INFO',
    warn: 'WARN',
    error: 'ERROR',
  };
  for (const [method, level] of Object.entries(levels)) {
    const write = (...values: unknown[]): void => post({ kind: 'log', requestId, level, message: format(...values) });
    Object.defineProperty(console, method, { value: write, writable: true, configurable: true });
  }
}

/** After this nothing of the environment can be trusted: it ends, as on AWS, and the next call gets a new one. */
function endOnUncaught(): void {
  process.on('uncaughtException', (error) => {
    post({ kind: 'crashed', error: toFunctionError(error) });
    process.exit(1);
  });
  process.on('unhandledRejection', (reason) => {
    const { errorType, errorMessage, trace } = toFunctionError(reason);
    const error = {
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: `${errorType}: ${errorMessage}`,
      trace,
    };
    post({ kind: 'crashed', error });
    process.exit(1);
  });
}

async function start(): Promise<void> {
  const handler = await loadHandler(settings);
  port.on('message', (message: InvokeMessage) => {
    requestId = message.requestId;
    void runHandler(handler, message, { settings, port }).then((outcome) => {
      requestId = null;
      post(outcome);
    });
  });
  post({ kind: 'ready' });
}

Object.assign(process.env, settings.environment);
captureConsole();
endOnUncaught();
refuseOutboundConnections();
serveModules(settings.archive);
start().catch((error: unknown) => post({ kind: 'initFailed', error: toInitError(error) }));

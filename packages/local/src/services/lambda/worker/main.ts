import { format } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import type { InvokeMessage, LogLevel, WorkerMessage, WorkerSettings } from '../messages.ts';
import { followLocalTime } from './clock.ts';
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

/** Of this invocation alone: an SDK hands it on with each call. */
function setTraceId(traceId: string): void {
  if (traceId === '') delete process.env._X_AMZN_TRACE_ID;
  else process.env._X_AMZN_TRACE_ID = traceId;
}

async function start(): Promise<void> {
  const handler = await loadHandler(settings);
  port.on('message', (message: InvokeMessage) => {
    requestId = message.requestId;
    setTraceId(message.traceId);
    showTime(message.now);
    void runHandler(handler, message, { settings, port }).then((outcome) => {
      requestId = null;
      post(outcome);
    });
  });
  post({ kind: 'ready' });
}

const showTime = followLocalTime();
showTime(settings.now);
Object.assign(process.env, settings.environment);
captureConsole();
endOnUncaught();
refuseOutboundConnections();
serveModules(settings.archive, settings.layers);
start().catch((error: unknown) => post({ kind: 'initFailed', error: toInitError(error) }));

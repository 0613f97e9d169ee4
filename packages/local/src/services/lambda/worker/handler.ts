import type { MessagePort } from 'node:worker_threads';
import type { InvokeMessage, WorkerMessage, WorkerSettings } from '../messages.ts';
import { toFunctionError } from './functionError.ts';
import { TASK_ROOT_URL } from './modules.ts';

type Callback = (error: unknown, result?: unknown) => void;
export type Handler = (event: unknown, context: Context, callback?: Callback) => unknown;
type Outcome = Extract<WorkerMessage, { kind: 'succeeded' | 'failed' }>;

/** Lambda's context object for Node.js (Developer Guide, "Using the Lambda context object"). */
interface Context extends Readonly<WorkerSettings['context']> {
  readonly awsRequestId: string;
  callbackWaitsForEmptyEventLoop: boolean;
  getRemainingTimeInMillis(): number;
}

interface Surroundings {
  readonly settings: WorkerSettings;
  readonly port: MessagePort;
}

/** From this version on, Lambda has no callback handlers (AWS Compute Blog, "Node.js 24 runtime now available"). */
const FIRST_VERSION_WITHOUT_CALLBACKS = 24;

export async function loadHandler({ entry, exportName, nodeVersion }: WorkerSettings): Promise<Handler> {
  const exports = (await import(`${TASK_ROOT_URL}${entry}`)) as Record<string, unknown>;
  // A CommonJS module's exports are not always seen by name.
  const fallback = exports.default as Record<string, unknown> | undefined;
  const handler = exports[exportName] ?? fallback?.[exportName];
  if (handler === undefined) throw namedError('Runtime.HandlerNotFound', `${entry} has no export ${exportName}`);
  if (typeof handler !== 'function')
    throw namedError('Runtime.HandlerNotFound', `${exportName} of ${entry} is not a function`);
  if (nodeVersion >= FIRST_VERSION_WITHOUT_CALLBACKS && handler.length >= 3) {
    throw namedError(
      'Runtime.CallbackHandlerDeprecated',
      `${entry} exports a callback handler; from Node.js ${FIRST_VERSION_WITHOUT_CALLBACKS} on, Lambda runs only handlers that return a value or a promise`,
    );
  }
  return handler as Handler;
}

export async function runHandler(
  handler: Handler,
  message: InvokeMessage,
  surroundings: Surroundings,
): Promise<Outcome> {
  const { requestId } = message;
  try {
    const result = await settle(handler, message, surroundings);
    return { kind: 'succeeded', requestId, payload: stringify(result) };
  } catch (thrown) {
    return { kind: 'failed', requestId, error: toFunctionError(thrown) };
  }
}

/**
 * While the handler runs, its own work alone keeps the event loop alive. When that ends first, nothing can settle the
 * handler any more: `beforeExit` tells.
 */
function settle(handler: Handler, message: InvokeMessage, { settings, port }: Surroundings): Promise<unknown> {
  const event: unknown = JSON.parse(message.payload);
  const context = createContext(message, settings);
  const takesCallback = settings.nodeVersion < FIRST_VERSION_WITHOUT_CALLBACKS;
  let onEmptyLoop = (): void => undefined;
  const beforeExit = (): void => {
    port.ref();
    onEmptyLoop();
  };
  process.on('beforeExit', beforeExit);
  port.unref();
  return new Promise<unknown>((resolve, reject) => {
    let whenLoopIsEmpty = (): void => resolve(null);
    // Called later than this, so that what the handler did last decides.
    onEmptyLoop = () => whenLoopIsEmpty();
    const answer = (act: () => void): void => {
      if (context.callbackWaitsForEmptyEventLoop) whenLoopIsEmpty = act;
      else act();
    };
    const callback: Callback = (error, value) =>
      answer(() => (isNothing(error) ? resolve(value) : reject(error as Error)));
    const returned = takesCallback ? handler(event, context, callback) : handler(event, context);
    if (isThenable(returned)) {
      whenLoopIsEmpty = () =>
        reject(namedError('Runtime.NodeJsExit', 'The handler returned a Promise that was never settled'));
      returned.then(resolve, reject);
    } else if (!takesCallback) resolve(returned);
  }).finally(() => {
    process.off('beforeExit', beforeExit);
    port.ref();
  });
}

const isNothing = (value: unknown): boolean => value === null || value === undefined;

function createContext(message: InvokeMessage, settings: WorkerSettings): Context {
  const deadline = performance.now() + message.timeoutMilliseconds;
  return {
    ...settings.context,
    awsRequestId: message.requestId,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
  };
}

/** Dates become strings and undefined members vanish, as on the way through AWS. */
function stringify(result: unknown): string {
  try {
    return JSON.stringify(result) ?? 'null';
  } catch (cause) {
    throw namedError('Runtime.UnmarshalError', `Unable to stringify response body: ${String(cause)}`);
  }
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

function namedError(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}

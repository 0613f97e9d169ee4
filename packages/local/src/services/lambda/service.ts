import type { Account } from '../../aws/account.ts';
import type { SessionKey } from '../../aws/credentials.ts';
import { AwsError } from '../../aws/error.ts';
import type { AwsService, Principal } from '../../aws/service.ts';
import type { Random } from '../../random.ts';
import { createAsynchronousQueue } from './asynchronous.ts';
import { prepareFunction, type FunctionDefinition, type FunctionVersion } from './definition.ts';
import { functionArn, functionNotFound, parseFunctionReference } from './functionName.ts';
import { checkPayload, resultOf, tooManyRequests, type InvocationResult, type InvocationType } from './invocation.ts';
import { ASYNCHRONOUS_RETRY_DELAYS_MILLISECONDS, DEFAULT_CONCURRENCY, LOG_TAIL_BYTES } from './limits.ts';
import { OPERATIONS, type Functions, type InvokeOptions, type Operation } from './operations.ts';
import { createPool, PoolClosed, PoolExhausted, type Pool } from './pool.ts';
import { startSandbox, type LogLine } from './sandbox.ts';
import { systemTimers, type Timers } from './timers.ts';

export interface LambdaOptions {
  readonly account: Account;
  readonly random: Random;
  /** Where the AWS endpoint listens, as `http://127.0.0.1:4001`; asked when a worker starts. */
  readonly endpointUrl: () => string;
  /** The keys that a function with this execution role signs with. */
  readonly credentialsFor: (principal: Principal) => SessionKey;
  readonly onLog?: (line: LogLine) => void;
  readonly timers?: Timers;
}

export interface Lambda extends AwsService {
  readonly name: 'lambda';
  /**
   * Creates a function or replaces it when anything changed; calls in flight finish on the old version.
   * Throws `AwsError` or `NotEmulated` with the Terraform address, and then changes nothing.
   */
  provision(definition: FunctionDefinition): void;
  remove(functionName: string): void;
  /**
   * Runs a function for a caller inside this process, who has been authorized. `payload` is JSON text.
   * Throws `AwsError` for what Lambda refuses; what the function does wrong is in the result.
   */
  invoke(arnOrName: string, payload: string, type?: InvocationType): Promise<InvocationResult>;
  /** Resolves when no asynchronous invocation is running or waiting for a retry. */
  idle(): Promise<void>;
  /** Ends every worker; calls in flight end with an error. */
  close(): Promise<void>;
}

interface Deployment {
  readonly version: FunctionVersion;
  readonly pool: Pool;
}

export function createLambda(options: LambdaOptions): Lambda {
  const { account, random, timers = systemTimers, onLog = () => undefined } = options;
  const deployments = new Map<string, Deployment>();
  const retiring = new Set<Pool>();
  const queue = createAsynchronousQueue(timers, ASYNCHRONOUS_RETRY_DELAYS_MILLISECONDS);
  const logListeners = new Map<string, string[]>();

  function log(line: LogLine): void {
    if (line.requestId !== null) logListeners.get(line.requestId)?.push(formatLine(line));
    onLog(line);
  }

  function deploy(version: FunctionVersion): Deployment {
    const start = (): ReturnType<typeof startSandbox> =>
      startSandbox({
        version,
        region: account.region,
        endpointUrl: options.endpointUrl(),
        credentials: options.credentialsFor(version.principal),
        timers,
        onLog: log,
      });
    return { version, pool: createPool({ start, limit: version.reservedConcurrency ?? DEFAULT_CONCURRENCY }) };
  }

  function retire(functionName: string): void {
    const pool = deployments.get(functionName)?.pool;
    if (!pool) return;
    retiring.add(pool);
    void pool.retire().then(() => retiring.delete(pool));
  }

  function find(name: string): Deployment {
    const deployment = deployments.get(name);
    if (!deployment) throw functionNotFound(functionArn({ name, qualifier: null }, account));
    return deployment;
  }

  async function execute(name: string, payload: string, options: InvokeOptions): ReturnType<Functions['invoke']> {
    const { type, wantsLog = false } = options;
    const requestId = newRequestId(random);
    const { version, pool } = find(name);
    // AWS queues events and throttles callers; without a reservation its limit is so high that waiting comes closest.
    const mayWait = type === 'Event' || version.reservedConcurrency === undefined;
    if (wantsLog) logListeners.set(requestId, []);
    try {
      const result = resultOf(await pool.use((sandbox) => sandbox.run(requestId, payload), { mayWait }));
      return wantsLog ? { ...result, logTail: tailOf(logListeners.get(requestId) ?? []) } : result;
    } catch (error) {
      if (error instanceof PoolExhausted) throw tooManyRequests();
      if (error instanceof PoolClosed) throw functionNotFound(version.arn);
      throw error;
    } finally {
      logListeners.delete(requestId);
    }
  }

  function enqueue(functionName: string, payload: string): void {
    queue.enqueue({
      attempt: () => attempt(() => execute(functionName, payload, { type: 'Event' })),
      dropped: (reason) => {
        const message = `Asynchronous event dropped after the last retry: ${reason}`;
        log({ functionName, requestId: null, level: 'SYSTEM', message });
      },
    });
  }

  const functions: Functions = {
    account,
    list: () => [...deployments.keys()].sort().map((name) => find(name).version),
    get: (name) => deployments.get(name)?.version,
    async invoke(name, payload, options) {
      const { type } = options;
      const event = checkPayload(payload, type);
      find(name);
      if (type === 'RequestResponse') return execute(name, event, options);
      if (type === 'Event') enqueue(name, event);
      return { payload: '' };
    },
  };

  return {
    name: 'lambda',
    access: (operation, input) => operationOf(operation).access(input, account),
    call: (operation, input) => operationOf(operation).call(input, functions),
    provision(definition) {
      const version = prepareFunction(definition);
      if (deployments.get(version.functionName)?.version.fingerprint === version.fingerprint) return;
      retire(version.functionName);
      deployments.set(version.functionName, deploy(version));
    },
    remove(functionName) {
      retire(functionName);
      deployments.delete(functionName);
    },
    invoke: async (arnOrName, payload, type = 'RequestResponse') =>
      functions.invoke(parseFunctionReference(arnOrName, account).name, payload, { type }),
    idle: () => queue.idle(),
    async close() {
      queue.close();
      await Promise.all(
        [...retiring, ...[...deployments.values()].map(({ pool }) => pool)].map((pool) => pool.close()),
      );
      deployments.clear();
      retiring.clear();
    },
  };
}

function operationOf(name: string): Operation {
  if (!Object.hasOwn(OPERATIONS, name)) {
    throw new AwsError('UnknownOperationException', `lambda:${name} is not emulated`, { statusCode: 404 });
  }
  return OPERATIONS[name]!;
}

/** What was wrong with one attempt of an asynchronous invocation, or `null`. */
async function attempt(run: () => Promise<InvocationResult>): Promise<string | null> {
  try {
    const { functionError, payload } = await run();
    return functionError === undefined ? null : payload;
  } catch (error) {
    if (error instanceof AwsError) return `${error.code}: ${error.message}`;
    throw error;
  }
}

const formatLine = ({ requestId, level, message }: LogLine): string => `${requestId ?? ''}\t${level}\t${message}\n`;

/** The last 4 KB, in base64, as the header `X-Amz-Log-Result` carries them. */
const tailOf = (lines: readonly string[]): string =>
  Buffer.from(lines.join('')).subarray(-LOG_TAIL_BYTES).toString('base64');

function newRequestId(random: Random): string {
  const hex = random.bytes(16).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

import type { DatabaseSync } from 'node:sqlite';
import type { Alarms } from '../../alarms.ts';
import type { Account } from '../../aws/account.ts';
import type { SessionKey } from '../../aws/credentials.ts';
import { AwsError } from '../../aws/error.ts';
import type { AwsService, Principal } from '../../aws/service.ts';
import { systemClock, type Clock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import { createAsynchronousEvents, type AsynchronousTarget } from './asynchronous/events.ts';
import { openEventStore } from './asynchronous/eventStore.ts';
import type { DestinationMessage } from './asynchronous/records.ts';
import { prepareFunction, type FunctionDefinition, type FunctionVersion } from './definition.ts';
import { functionArn, functionNotFound, parseFunctionReference } from './functionName.ts';
import { checkPayload, resultOf, tooManyRequests, type InvocationResult, type InvocationType } from './invocation.ts';
import type { FailedInvocation } from './logging.ts';
import type { FunctionError } from './messages.ts';
import { DEFAULT_CONCURRENCY } from './limits.ts';
import { createLogTails } from './logTails.ts';
import { OPERATIONS, type Functions, type InvokeOptions, type Operation } from './operations.ts';
import { createPool, PoolClosed, PoolExhausted, type Pool } from './pool.ts';
import { startSandbox, type LogLine, type Outcome, type Sandbox } from './sandbox.ts';
import { systemTimers, type Timers } from '../../timers.ts';

export interface LambdaOptions {
  /** Holds the events that were accepted and are not done with. */
  readonly database: DatabaseSync;
  readonly account: Account;
  readonly random: Random;
  /** What retries of events wait on; of the same time as `clock`. */
  readonly alarms: Alarms;
  /** Where outcomes of events go, as a function's role; throws `AwsError`. */
  readonly sendToQueue: (queueArn: string, message: DestinationMessage, principal: Principal) => Promise<unknown>;
  /** What `Date` shows in functions; the machine's by default. */
  readonly clock?: Clock;
  /** Where the AWS endpoint listens, as `http://127.0.0.1:4001`; asked when a worker starts. */
  readonly endpointUrl: () => string;
  /** Makes names that AWS gives to what runs here, in the values of a function's environment, names of this machine. */
  readonly localize?: (text: string) => string;
  /** The keys that a function with this execution role signs with. */
  readonly credentialsFor: (principal: Principal) => SessionKey;
  readonly onLog?: (line: LogLine) => void;
  /** Stands around each invocation, as for injecting faults. */
  readonly around?: Around;
  /** Told of each invocation that ended with an error, whoever made it. */
  readonly onFailure?: (failed: FailedInvocation) => void;
  readonly timers?: Timers;
}

/** One invocation, by a new request id each time that it is tried. */
export interface Invocation {
  readonly functionName: string;
  readonly payload: string;
  /** Ends the execution environment; returns what the invocation ends with. */
  kill(): Outcome;
}

export type Around = (invocation: Invocation, run: () => Promise<Outcome>) => Promise<Outcome>;

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
   *
   * `traceId`, as `Root=1-...`, is what the function finds in `_X_AMZN_TRACE_ID`.
   */
  invoke(arnOrName: string, payload: string, type?: InvocationType, traceId?: string): Promise<InvocationResult>;
  /** Takes up the events that a former process accepted, once the functions are there. */
  resume(): void;
  /** No event is with a function or waits for one; what waits for the time of its retry does not count. */
  isIdle(): boolean;
  /** Resolves when it is idle. */
  idle(): Promise<void>;
  /** Ends every worker; calls in flight end with an error. */
  close(): Promise<void>;
}

interface Deployment {
  readonly version: FunctionVersion;
  readonly pool: Pool;
}

export function createLambda(options: LambdaOptions): Lambda {
  const {
    account,
    random,
    around = unhindered,
    clock = systemClock,
    timers = systemTimers,
    onLog = () => undefined,
  } = options;
  const deployments = new Map<string, Deployment>();
  const retiring = new Set<Pool>();
  const events = createAsynchronousEvents({
    store: openEventStore(options.database),
    clock,
    alarms: options.alarms,
    newRequestId: () => newRequestId(random),
    find: asynchronousTarget,
    run: ({ functionName, payload, id, traceId }) =>
      execute(functionName, payload, { type: 'Event', requestId: id, ...(traceId !== null && { traceId }) }),
    sendToQueue: options.sendToQueue,
    log: (functionName, message) => log({ functionName, requestId: null, level: 'SYSTEM', message }),
  });
  const logTails = createLogTails();

  function log(line: LogLine): void {
    logTails.add(line);
    onLog(line);
  }

  function tellFailure(functionName: string, requestId: string, payload: string): void {
    options.onFailure?.({ functionName, requestId, error: JSON.parse(payload) as FunctionError });
  }

  function deploy(version: FunctionVersion): Deployment {
    const start = (): ReturnType<typeof startSandbox> =>
      startSandbox({
        version,
        region: account.region,
        endpointUrl: options.endpointUrl(),
        credentials: options.credentialsFor(version.principal),
        localize: options.localize ?? ((text) => text),
        timers,
        clock,
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

  function asynchronousTarget(name: string): AsynchronousTarget | null {
    const version = deployments.get(name)?.version;
    if (!version) return null;
    const { arn, address, principal, asynchronous, reservedConcurrency } = version;
    const concurrency = reservedConcurrency ?? DEFAULT_CONCURRENCY;
    return { arn, address, principal, configuration: asynchronous, concurrency };
  }

  async function execute(
    name: string,
    payload: string,
    options: InvokeOptions & { readonly requestId?: string },
  ): ReturnType<Functions['invoke']> {
    const { type, traceId, wantsLog = false, requestId = newRequestId(random) } = options;
    const { version, pool } = find(name);
    // AWS queues events and throttles callers; without a reservation its limit is so high that waiting comes closest.
    const mayWait = type === 'Event' || version.reservedConcurrency === undefined;
    if (wantsLog) logTails.begin(requestId);
    try {
      const run = (sandbox: Sandbox): Promise<Outcome> =>
        around({ functionName: name, payload, kill: () => sandbox.kill() }, () =>
          sandbox.run(requestId, payload, traceId),
        );
      const result = { ...resultOf(await pool.use(run, { mayWait })), requestId };
      if (result.functionError !== undefined) tellFailure(name, requestId, result.payload);
      return wantsLog ? { ...result, logTail: logTails.read(requestId) } : result;
    } catch (error) {
      if (error instanceof PoolExhausted) throw tooManyRequests();
      if (error instanceof PoolClosed) throw functionNotFound(version.arn);
      throw error;
    } finally {
      logTails.end(requestId);
    }
  }

  const functions: Functions = {
    account,
    list: () => [...deployments.keys()].sort().map((name) => find(name).version),
    get: (name) => deployments.get(name)?.version,
    async invoke(name, payload, options) {
      const { type, traceId } = options;
      const event = checkPayload(payload, type);
      find(name);
      if (type === 'RequestResponse') return execute(name, event, options);
      if (type === 'Event') events.accept(name, event, traceId);
      return { payload: '' };
    },
  };

  return {
    name: 'lambda',
    access: (operation, input) => operationOf(operation).access(input, account),
    call: (operation, input) => operationOf(operation).call(input, functions),
    provision(definition) {
      const known = deployments.get(definition.functionName);
      const version = prepareFunction(definition, known?.version);
      if (known?.version.fingerprint === version.fingerprint) {
        // What becomes of events may be another all the same.
        deployments.set(version.functionName, { ...known, version });
        return;
      }
      retire(version.functionName);
      deployments.set(version.functionName, deploy(version));
    },
    remove(functionName) {
      retire(functionName);
      deployments.delete(functionName);
    },
    invoke: async (arnOrName, payload, type = 'RequestResponse', traceId) =>
      functions.invoke(parseFunctionReference(arnOrName, account).name, payload, { type, traceId }),
    resume: () => events.resume(),
    isIdle: () => events.isIdle(),
    idle: () => events.idle(),
    async close() {
      events.close();
      await Promise.all(
        [...retiring, ...[...deployments.values()].map(({ pool }) => pool)].map((pool) => pool.close()),
      );
      deployments.clear();
      retiring.clear();
    },
  };
}

const unhindered: Around = (_invocation, run) => run();

function operationOf(name: string): Operation {
  if (!Object.hasOwn(OPERATIONS, name)) {
    throw new AwsError('UnknownOperationException', `lambda:${name} is not emulated`, { statusCode: 404 });
  }
  return OPERATIONS[name]!;
}

function newRequestId(random: Random): string {
  const hex = random.bytes(16).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

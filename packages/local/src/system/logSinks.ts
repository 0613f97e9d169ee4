import type { Account } from '../aws/account.ts';
import { AwsError } from '../aws/error.ts';
import type { Authorizer, Principal } from '../aws/service.ts';
import type { Clock } from '../clock.ts';
import type { RequestLog } from '../definitions/logs.ts';
import type { RequestSummary } from '../services/appsync/index.ts';
import {
  defaultLogging,
  type FailedInvocation,
  failureEvent,
  type FunctionDefinition,
  type FunctionLogging,
  LOG_STREAM,
  logEvent,
  type LogLine,
} from '../services/lambda/index.ts';
import { logGroupArn, type Logs } from '../services/logs/index.ts';
import type { Log } from './log.ts';

/** Where Lambda and AppSync write their logs: into groups that their roles let them write to. */
export interface LogSinks {
  replace(definition: {
    readonly functions: readonly FunctionDefinition[];
    readonly requestLog: RequestLog | null;
  }): Promise<void>;
  line(line: LogLine): void;
  failure(failed: FailedInvocation): void;
  request(summary: RequestSummary): void;
}

export interface LogSinksOptions {
  readonly logs: Logs;
  readonly iam: Authorizer;
  readonly account: Account;
  readonly clock: Clock;
  readonly log: Log;
}

export function createLogSinks({ logs, iam, account, clock, log }: LogSinksOptions): LogSinks {
  const functions = new Map<string, FunctionLogging>();
  let requests: RequestLog | null = null;
  const told = new Set<string>();

  /** Without the permission AWS writes nothing, and nobody is told there. */
  async function mayWrite(principal: Principal, group: string, who: string): Promise<boolean> {
    const arn = logGroupArn(account, group);
    try {
      if (!logs.has(group)) {
        await iam.authorize(principal, { action: 'logs:CreateLogGroup', resource: arn });
        logs.create(group);
      }
      for (const action of ['logs:CreateLogStream', 'logs:PutLogEvents']) {
        await iam.authorize(principal, { action, resource: `${arn}:log-stream:${LOG_STREAM}` });
      }
      return true;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const problem = `${who} writes no log to ${group}: ${error.message}`;
      if (!told.has(problem)) log(problem, 'problem');
      told.add(problem);
      return false;
    }
  }

  const put = (group: string, message: string): void => logs.put(group, { stream: LOG_STREAM, message });

  return {
    async replace(definition) {
      functions.clear();
      for (const { functionName, principal, logging = defaultLogging(functionName) } of definition.functions) {
        if (await mayWrite(principal, logging.logGroup, `lambda ${functionName}`)) functions.set(functionName, logging);
      }
      const { requestLog } = definition;
      const writes = requestLog !== null && (await mayWrite(requestLog.principal, requestLog.group, 'appsync'));
      requests = writes ? requestLog : null;
    },
    line(line) {
      const logging = functions.get(line.functionName);
      // Lambda's own words here are for the developer's terminal.
      if (!logging || line.level === 'SYSTEM') return;
      const message = logEvent(line, logging, clock.now());
      if (message !== null) put(logging.logGroup, message);
    },
    failure(failed) {
      const logging = functions.get(failed.functionName);
      if (logging) put(logging.logGroup, failureEvent(failed, logging, clock.now()));
    },
    request(summary) {
      if (requests !== null) put(requests.group, requestEvent(summary, requests.apiId));
    },
  };
}

/**
 * AppSync's `RequestSummary`, in nanoseconds, with what its other lines would say of the operation.
 * https://docs.aws.amazon.com/appsync/latest/devguide/cwl.html
 */
function requestEvent(summary: RequestSummary, apiId: string): string {
  const { requestId, statusCode, milliseconds, operation, fields, errorTypes, traceId } = summary;
  return JSON.stringify({
    logType: 'RequestSummary',
    requestId,
    graphQLAPIId: apiId,
    statusCode,
    latency: Math.round(milliseconds * 1_000_000),
    operationType: operation?.type ?? null,
    operationName: operation?.name ?? null,
    fields,
    errorTypes,
    milliseconds,
    traceId,
  });
}

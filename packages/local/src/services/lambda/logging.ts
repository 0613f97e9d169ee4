import type { FunctionError, LogLevel } from './messages.ts';
import type { LogLine } from './sandbox.ts';

/** `logging_config` of a function. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html */
export interface FunctionLogging {
  readonly logGroup: string;
  readonly format: 'Text' | 'JSON';
  /** What is below it is left out; of the format JSON alone. */
  readonly level: ApplicationLogLevel;
}

export const APPLICATION_LOG_LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
export type ApplicationLogLevel = (typeof APPLICATION_LOG_LEVELS)[number];

export const defaultLogging = (functionName: string): FunctionLogging => ({
  logGroup: `/aws/lambda/${functionName}`,
  format: 'Text',
  level: 'TRACE',
});

/** Every function has one here, as `AWS_LAMBDA_LOG_STREAM_NAME` says. */
export const LOG_STREAM = 'local/[$LATEST]';

/** The line as Lambda writes it into the log group, or null when it is below the level. `time` in epoch milliseconds. */
export function logEvent(line: LogLine, { format, level }: FunctionLogging, time: number): string | null {
  const timestamp = new Date(time).toISOString();
  const { requestId, message } = line;
  if (format === 'Text') return `${timestamp}\t${requestId ?? 'undefined'}\t${line.level}\t${message}`;
  if (rank(line.level) < rank(level)) return null;
  // What is JSON already goes on as it is.
  if (isJsonObject(message)) return message;
  return JSON.stringify({ timestamp, level: line.level, message, ...(requestId !== null && { requestId }) });
}

export interface FailedInvocation {
  readonly functionName: string;
  readonly requestId: string;
  readonly error: FunctionError;
}

/** What Lambda's runtime writes of an invocation that failed. */
export function failureEvent(
  { requestId, error }: FailedInvocation,
  { format }: FunctionLogging,
  time: number,
): string {
  const timestamp = new Date(time).toISOString();
  const { errorType, errorMessage, trace } = error;
  if (format === 'Text') {
    return `${timestamp}\t${requestId}\tERROR\tInvoke Error \t${JSON.stringify({ errorType, errorMessage, stack: trace })}`;
  }
  const message = { errorType, errorMessage, stackTrace: trace };
  return JSON.stringify({ timestamp, level: 'ERROR', message, requestId });
}

const rank = (level: LogLevel | ApplicationLogLevel): number =>
  APPLICATION_LOG_LEVELS.indexOf(level === 'SYSTEM' ? 'FATAL' : level);

function isJsonObject(text: string): boolean {
  if (!text.startsWith('{')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

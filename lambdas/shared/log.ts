/** One line of a function's log. */
export interface LogLine {
  readonly level: 'INFO' | 'WARN' | 'ERROR';
  readonly function: string;
  readonly [detail: string]: unknown;
}

/**
 * One line of JSON, which Lambda's JSON log format takes over as it is, with X-Ray's id of the trace where there is one.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
 */
export function writeLog(line: LogLine): void {
  const text = JSON.stringify({ timestamp: new Date().toISOString(), ...line, traceId: traceId() });
  if (line.level === 'ERROR') console.error(text);
  else if (line.level === 'WARN') console.warn(text);
  else console.log(text);
}

/** Counts by name, for a log line. */
export function tally() {
  const counts = new Map<string, number>();
  return {
    add: (what: string, by = 1): void => void counts.set(what, (counts.get(what) ?? 0) + by),
    all: (): Record<string, number> => Object.fromEntries(counts),
  };
}

export function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** Of the invocation; set by Lambda while X-Ray traces the function. */
export function traceId(): string | undefined {
  return process.env._X_AMZN_TRACE_ID || undefined;
}

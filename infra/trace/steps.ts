import type { Deployment } from '../deployed/deployment.ts';
import { functionOf, isApi, type LogEvent } from './logs.ts';

/** One thing that happened for a request. */
export interface Step {
  /** When it began, ISO 8601. */
  readonly at: string;
  /** `api`, or the function. */
  readonly where: string;
  /** AppSync's or Lambda's. */
  readonly requestId: string | null;
  readonly milliseconds: number | null;
  /** The API: `mutation createPost`. A function: what fed it, as `stream of posts` or `queue`. */
  readonly what: string;
  /** The status of an API's answer; null for functions. */
  readonly status: number | null;
  /** Records or messages of the invocation, those of other requests among them; null: the line does not say. */
  readonly batch: number | null;
  /** What the invocation did, by its own words. */
  readonly counts: Readonly<Record<string, number>>;
  /** Of the invocation: errors, what was left out, warnings. */
  readonly problems: readonly string[];
  /** Whether a part of it is to be delivered again. */
  readonly retried: boolean;
  /** Whether a part of it went to the queue of what is given up. */
  readonly givenUp: boolean;
}

export interface ReadLine {
  readonly step: Step;
  /** Ids of the traces that the line is about. */
  readonly traces: readonly string[];
}

/** Null for lines that tell nothing of a request, as AppSync's of the parts of an operation. */
export function readLine(event: LogEvent, deployment: Deployment): ReadLine | null {
  const line = jsonOf(event.message);
  if (isApi(event.group)) return line?.['logType'] === 'RequestSummary' ? apiLine(event, line) : null;
  return line === null ? null : functionLine(event, line, deployment);
}

type Line = Readonly<Record<string, unknown>>;

/** AppSync says milliseconds and fields on the local system alone, and its latency in nanoseconds. */
function apiLine({ at }: LogEvent, line: Line): ReadLine {
  const milliseconds = Math.round((numberOf(line['latency']) ?? 0) / 1e6);
  const operation = [textOf(line['operationType']) ?? 'request', ...texts(line['fields'])].join(' ');
  const errorTypes = texts(line['errorTypes']);
  const step: Step = {
    at: new Date(at - milliseconds).toISOString(),
    where: 'api',
    requestId: textOf(line['requestId']),
    milliseconds,
    what: operation,
    status: numberOf(line['statusCode']),
    batch: null,
    counts: {},
    problems: errorTypes,
    retried: false,
    givenUp: false,
  };
  const trace = /Root=([^;]+)/.exec(textOf(line['traceId']) ?? '')?.[1];
  return { step, traces: trace === undefined ? [] : [trace] };
}

/** A line of `lambdas/shared`: streamHandler, queueHandler and those that log like them. */
function functionLine(event: LogEvent, line: Line, deployment: Deployment): ReadLine {
  const milliseconds = numberOf(line['milliseconds']);
  const written = Date.parse(textOf(line['timestamp']) ?? '') || event.at;
  const failures = records(line['failures']);
  const problems = [
    ...failures.map(({ error }) => textOf(error) ?? 'failed'),
    ...records(line['skips']).map(({ reason }) => `left out: ${textOf(reason) ?? ''}`),
    ...texts(line['errors']),
    ...texts(line['warnings']).map((warning) => `warning: ${warning}`),
    ...(textOf(line['error']) === null ? [] : [textOf(line['error']) ?? '']),
  ];
  const step: Step = {
    at: new Date(written - (milliseconds ?? 0)).toISOString(),
    where: functionOf(event.group, deployment),
    requestId: textOf(line['requestId']),
    milliseconds,
    what: sourceOf(line),
    status: null,
    batch: numberOf(line['records']) ?? numberOf(line['messages']),
    counts: countsOf(line['counts']),
    problems,
    retried: textOf(line['retriedFrom']) !== null || failures.some(({ givenUp }) => givenUp === false),
    givenUp: failures.some(({ givenUp }) => givenUp === true),
  };
  return { step, traces: texts(line['traces']) };
}

function sourceOf(line: Line): string {
  const source = textOf(line['source']);
  const table = /:table\/[^/]+?-(\w+)\/stream\//.exec(source ?? '')?.[1];
  if (table !== undefined) return `stream of ${table}`;
  if (source?.includes(':sqs:')) return 'queue';
  const named = textOf(line['kind']) ?? textOf(line['field']);
  return named ?? (textOf(line['message']) === null ? '' : (textOf(line['message']) ?? ''));
}

function jsonOf(text: string): Line | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Line) : null;
  } catch {
    return null;
  }
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const texts = (value: unknown): readonly string[] => listOf(value).filter((one) => typeof one === 'string');
const records = (value: unknown): readonly Line[] =>
  listOf(value).filter((one): one is Line => typeof one === 'object' && one !== null);

function countsOf(value: unknown): Readonly<Record<string, number>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([, count]) => typeof count === 'number'));
}

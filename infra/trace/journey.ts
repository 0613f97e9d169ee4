import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { Deployment } from '../deployed/deployment.ts';
import { OperatorError } from '../deployed/operatorError.ts';
import { beginningOf, type RequestReference } from './ids.ts';
import { isApi, linesWith, logGroups } from './logs.ts';
import { readLine, type ReadLine, type Step } from './steps.ts';

/** What became of a request, as far as the logs tell. */
export interface Journey {
  /** Null: a request was named, and the logs do not say which trace it began. */
  readonly trace: string | null;
  /** In order of time. */
  readonly steps: readonly Step[];
  /** Further traces that the request named had a part in: an invocation works for many. */
  readonly others: readonly string[];
}

export interface JourneyOptions {
  readonly logs: CloudWatchLogsClient;
  readonly deployment: Deployment;
  /** Epoch milliseconds; null: from where the trace began, or an hour ago. */
  readonly since: number | null;
  readonly now: number;
}

/** @throws OperatorError when nothing is found, and when the stage is not deployed. */
export async function followRequest(reference: RequestReference, options: JourneyOptions): Promise<Journey> {
  const groups = await logGroups(options.logs, options.deployment);
  return reference.kind === 'trace'
    ? followTrace(reference.id, groups, options)
    : followRequestId(reference.id, groups, options);
}

async function followTrace(trace: string, groups: readonly string[], options: JourneyOptions): Promise<Journey> {
  const since = options.since ?? beginningOf(trace, options.now) ?? defaultSince(options);
  const lines = (await find(trace, groups, { ...options, since })).filter(({ traces }) => traces.includes(trace));
  if (lines.length === 0) throw nothing(trace, groups, { ...options, since });
  return { trace, steps: inOrder(lines), others: [] };
}

/** The local log of the API says the trace of each request. AWS's does not; a function's line has all that it worked for. */
async function followRequestId(
  requestId: string,
  groups: readonly string[],
  options: JourneyOptions,
): Promise<Journey> {
  const since = options.since ?? defaultSince(options);
  const lines = (await find(requestId, groups, { ...options, since })).filter(
    ({ step }) => step.requestId === requestId,
  );
  if (lines.length === 0) throw nothing(requestId, groups, { ...options, since });
  const [trace, ...others] = [...new Set(lines.flatMap(({ traces }) => traces))];
  if (trace === undefined || others.length > 0) {
    return { trace: null, steps: inOrder(lines), others: trace === undefined ? [] : [trace, ...others] };
  }
  const journey = await followTrace(trace, groups, { ...options, since });
  const known = new Set(journey.steps.map((step) => step.requestId));
  // A line that names the request and was not found by its trace, as of an answer that was refused before it had one.
  const missing = lines.filter(({ step }) => !known.has(step.requestId));
  return { ...journey, steps: [...inOrder(missing), ...journey.steps] };
}

async function find(
  text: string,
  groups: readonly string[],
  { logs, deployment, since }: JourneyOptions & { readonly since: number },
): Promise<readonly ReadLine[]> {
  const events = await linesWith(logs, groups, { text, since });
  return events.flatMap((event) => readLine(event, deployment) ?? []);
}

const HOUR = 60 * 60 * 1000;

/** The logs of a local system are small, and its clock may be anywhere. */
const defaultSince = ({ deployment, now }: JourneyOptions): number => (deployment.isLocal ? 0 : now - HOUR);

function inOrder(lines: readonly ReadLine[]): readonly Step[] {
  return lines.map(({ step }) => step).sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}

function nothing(
  id: string,
  groups: readonly string[],
  { deployment, since }: JourneyOptions & { readonly since: number },
): OperatorError {
  const when = since === 0 ? '' : ` since ${new Date(since).toISOString()}`;
  const apis = groups.filter(isApi).length;
  const kept = deployment.isLocal
    ? 'A local system keeps its logs in memory, the newest only.'
    : 'Lines reach the logs within seconds; to look further back, add --since 2d.';
  return new OperatorError(
    `Nothing says ${id}${when} in the logs of ${groups.length - apis} functions and ${apis} APIs of ${deployment.where}. ${kept}`,
  );
}

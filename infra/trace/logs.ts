import {
  type CloudWatchLogsClient,
  paginateDescribeLogGroups,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Deployment } from '../deployed/deployment.ts';
import { OperatorError } from '../deployed/operatorError.ts';

/** One line of a log. */
export interface LogEvent {
  readonly group: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly message: string;
}

/** Of AppSync's APIs. A group is named by the API's id, which only Terraform knows: those of all APIs are searched. */
const API_GROUPS = '/aws/appsync/apis/';
const functionGroups = ({ namePrefix }: Deployment): string => `/aws/lambda/${namePrefix}-`;

/** The groups of functions and APIs. @throws OperatorError when the stage has none. */
export async function logGroups(logs: CloudWatchLogsClient, deployment: Deployment): Promise<readonly string[]> {
  const prefix = functionGroups(deployment);
  const [functions, apis] = await Promise.all([prefix, API_GROUPS].map((each) => groupsWith(logs, each)));
  if (functions?.length) return [...functions, ...(apis ?? [])];
  throw new OperatorError(`${deployment.where} has no log group ${prefix}...: the stage is not deployed there.`);
}

async function groupsWith(client: CloudWatchLogsClient, logGroupNamePrefix: string): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { logGroups: page = [] } of paginateDescribeLogGroups({ client }, { logGroupNamePrefix }))
    names.push(...page.flatMap(({ logGroupName }) => logGroupName ?? []));
  return names;
}

export const isApi = (group: string): boolean => group.startsWith(API_GROUPS);

/** `counters`, of `/aws/lambda/hiroba-dev-counters`. */
export function functionOf(group: string, deployment: Deployment): string {
  const prefix = functionGroups(deployment);
  return group.startsWith(prefix) ? group.slice(prefix.length) : group;
}

/** AWS answers some ten of these requests a second. */
const MAX_CONCURRENT = 4;

/** Every line since then that has the text, which must be without quotes. */
export async function linesWith(
  client: CloudWatchLogsClient,
  groups: readonly string[],
  { text, since }: { readonly text: string; readonly since: number },
): Promise<readonly LogEvent[]> {
  const found: LogEvent[] = [];
  const left = groups.values();
  const search = async (): Promise<void> => {
    for (const group of left) {
      const input = { logGroupName: group, filterPattern: `"${text}"`, startTime: since };
      for await (const { events = [] } of paginateFilterLogEvents({ client }, input))
        for (const { timestamp = 0, message = '' } of events) found.push({ group, at: timestamp, message });
    }
  };
  await Promise.all(Array.from({ length: MAX_CONCURRENT }, search));
  return found.sort((one, other) => one.at - other.at);
}

import type { Account } from '../../aws/account.ts';
import { AwsError } from '../../aws/error.ts';
import type { Access, AwsService } from '../../aws/service.ts';
import type { Clock } from '../../clock.ts';
import type { JsonObject } from '../../json.ts';
import type { LogsContext, Operation } from './context.ts';
import { noSuchGroup } from './errors.ts';
import { groupName, text } from './input.ts';
import { createLogGroup, type LogGroup } from './logGroup.ts';
import type { LogGroupDefinition } from './model.ts';
import { describeLogGroups, describeLogStreams } from './operations/describe.ts';
import { filterLogEvents } from './operations/filterLogEvents.ts';
import { getLogEvents } from './operations/getLogEvents.ts';

export interface LogsOptions {
  readonly account: Account;
  readonly clock: Clock;
}

/** CloudWatch Logs: what the other services write, in memory, and the operations that read it. */
export interface Logs extends AwsService {
  readonly name: 'logs';
  /** Makes the groups of a newly read configuration. What a group holds stays as long as there is a group of that name. */
  replace(definitions: readonly LogGroupDefinition[]): void;
  has(group: string): boolean;
  /** Makes a group that the Terraform does not have, as AWS's services do with the permission for it. */
  create(group: string): void;
  /** Adds an event at the time of the clock; nothing happens when there is no such group. */
  put(group: string, event: { readonly stream: string; readonly message: string }): void;
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  DescribeLogGroups: describeLogGroups,
  DescribeLogStreams: describeLogStreams,
  FilterLogEvents: filterLogEvents,
  GetLogEvents: getLogEvents,
};

export function createLogs({ account, clock }: LogsOptions): Logs {
  const groups = new Map<string, LogGroup>();
  const arnOf = (name: string): string => logGroupArn(account, name);
  const context: LogsContext = {
    groups: () => [...groups.values()],
    find: (name) => groups.get(name) ?? raise(noSuchGroup()),
    now: () => clock.now(),
  };
  let written = 0;

  function make(name: string, retentionDays: number | null): void {
    const known = groups.get(name);
    if (known) known.retain(retentionDays);
    else groups.set(name, createLogGroup({ name, arn: arnOf(name), createdAt: clock.now(), retentionDays }));
  }

  return {
    name: 'logs',
    replace(definitions) {
      const kept = new Set(definitions.map(({ name }) => name));
      for (const name of groups.keys()) if (!kept.has(name)) groups.delete(name);
      for (const { name, retentionDays } of definitions) make(name, retentionDays);
    },
    has: (group) => groups.has(group),
    create: (group) => make(group, null),
    put(group, { stream, message }) {
      written += 1;
      groups.get(group)?.add({ number: written, stream, message, timestamp: clock.now() });
    },
    access: (operation, input) => known(ACCESS, operation)(input, arnOf),
    call: (operation, input) => known(OPERATIONS, operation)(input, context),
  };
}

export function logGroupArn({ region, accountId }: Account, name: string): string {
  return `arn:aws:logs:${region}:${accountId}:log-group:${name}`;
}

type AccessOf = (input: JsonObject, arnOf: (group: string) => string) => readonly Access[];

/** Policies for what is in a group end in `:*`. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html */
const onGroup =
  (action: string): AccessOf =>
  (input, arnOf) => [{ action, resource: `${arnOf(groupName(input))}:log-stream:` }];

const ACCESS: Readonly<Record<string, AccessOf>> = {
  DescribeLogGroups: () => [{ action: 'logs:DescribeLogGroups', resource: '*' }],
  DescribeLogStreams: onGroup('logs:DescribeLogStreams'),
  FilterLogEvents: onGroup('logs:FilterLogEvents'),
  GetLogEvents: (input, arnOf) => [
    { action: 'logs:GetLogEvents', resource: `${arnOf(groupName(input))}:log-stream:${text(input, 'logStreamName')}` },
  ],
};

function known<T>(table: Readonly<Record<string, T>>, operation: string): T {
  const found = Object.hasOwn(table, operation) ? table[operation] : undefined;
  if (found !== undefined) return found;
  throw new AwsError('UnknownOperationException', `logs:${operation} is not emulated`, { statusCode: 404 });
}

function raise(error: Error): never {
  throw error;
}

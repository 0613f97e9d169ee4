import type { Account } from '../../aws/account.ts';
import { AwsError } from '../../aws/error.ts';
import type { Access } from '../../aws/service.ts';
import type { JsonObject } from '../../json.ts';
import { scheduleNotFound, validationError } from './errors.ts';
import { DEFAULT_PAGE_SIZE } from './limits.ts';
import type { ScheduleDefinition } from './model.ts';
import type { StoredSchedule } from './store.ts';

/** What the operations need of the service. */
export interface Schedules {
  readonly account: Account;
  /** In order of their names. */
  list(): readonly ScheduleDefinition[];
  stored(arn: string): StoredSchedule;
}

interface Operation {
  access(input: JsonObject, account: Account): readonly Access[];
  call(input: JsonObject, schedules: Schedules): JsonObject;
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  GetSchedule: {
    access: (input, { region, accountId }) => [
      {
        action: 'scheduler:GetSchedule',
        resource: `arn:aws:scheduler:${region}:${accountId}:schedule/${groupOf(input)}/${String(input['Name'])}`,
      },
    ],
    call: getSchedule,
  },
  // IAM knows no resource for it (Service Authorization Reference).
  ListSchedules: { access: () => [{ action: 'scheduler:ListSchedules', resource: '*' }], call: listSchedules },
};

export function operationOf(name: string): Operation {
  if (Object.hasOwn(OPERATIONS, name)) return OPERATIONS[name]!;
  throw new AwsError('UnknownOperationException', `EventBridge Scheduler has no operation ${name}`);
}

const groupOf = ({ GroupName: group = 'default' }: JsonObject): string => String(group);

function getSchedule(input: JsonObject, schedules: Schedules): JsonObject {
  const found = schedules.list().find(({ name, groupName }) => name === input['Name'] && groupName === groupOf(input));
  if (!found) throw scheduleNotFound(String(input['Name']));
  const { target, flexibleWindowMinutes } = found;
  return {
    ...summaryOf(found, schedules),
    ActionAfterCompletion: 'NONE',
    ScheduleExpression: found.expression,
    ScheduleExpressionTimezone: found.timeZone,
    ...(found.description !== null && { Description: found.description }),
    ...(found.startDate !== null && { StartDate: found.startDate / 1000 }),
    ...(found.endDate !== null && { EndDate: found.endDate / 1000 }),
    ...(found.kmsKeyArn !== null && { KmsKeyArn: found.kmsKeyArn }),
    FlexibleTimeWindow:
      flexibleWindowMinutes === 0
        ? { Mode: 'OFF' }
        : { Mode: 'FLEXIBLE', MaximumWindowInMinutes: flexibleWindowMinutes },
    Target: {
      Arn: target.arn,
      RoleArn: target.principal.arn,
      RetryPolicy: {
        MaximumEventAgeInSeconds: target.maximumEventAgeSeconds,
        MaximumRetryAttempts: target.maximumRetryAttempts,
      },
      ...(target.input !== null && { Input: target.input }),
      ...(target.deadLetterQueueArn !== null && { DeadLetterConfig: { Arn: target.deadLetterQueueArn } }),
      ...(target.messageGroupId !== null && { SqsParameters: { MessageGroupId: target.messageGroupId } }),
    },
  };
}

function summaryOf({ arn, name, groupName, enabled, target }: ScheduleDefinition, schedules: Schedules): JsonObject {
  const { createdAt, modifiedAt } = schedules.stored(arn);
  return {
    Arn: arn,
    Name: name,
    GroupName: groupName,
    State: enabled ? 'ENABLED' : 'DISABLED',
    CreationDate: createdAt / 1000,
    LastModificationDate: modifiedAt / 1000,
    Target: { Arn: target.arn },
  };
}

/** `NextToken` is the name of the last schedule of the page before. */
function listSchedules(input: JsonObject, schedules: Schedules): JsonObject {
  const { ScheduleGroup: group, NamePrefix: prefix = '', State: state, NextToken: after = '' } = input;
  const size = Number(input['MaxResults'] ?? DEFAULT_PAGE_SIZE);
  if (!Number.isInteger(size) || size < 1 || size > 100) {
    throw validationError('MaxResults must be between 1 and 100');
  }
  const found = schedules
    .list()
    .filter(({ name }) => name.startsWith(String(prefix)) && name > String(after))
    .filter(({ groupName }) => group === undefined || groupName === group)
    .filter(({ enabled }) => state === undefined || (state === 'ENABLED') === enabled);
  const page = found.slice(0, size);
  return {
    Schedules: page.map((schedule) => summaryOf(schedule, schedules)),
    ...(found.length > page.length && { NextToken: page.at(-1)!.name }),
  };
}

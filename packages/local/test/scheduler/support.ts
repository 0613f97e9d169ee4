import { createAlarms } from '../../src/alarms.ts';
import { AwsError } from '../../src/aws/error.ts';
import { manualClock, movableClock } from '../../src/clock.ts';
import { openDatabase } from '../../src/database.ts';
import { seededRandom } from '../../src/random.ts';
import { createScheduler, type ScheduleDefinition, type TargetMessage } from '../../src/services/scheduler/index.ts';

export const START = '2026-03-01T09:00:00Z';
export const QUEUE = 'arn:aws:sqs:eu-central-1:123456789012:jobs';
export const DEAD_LETTERS = 'arn:aws:sqs:eu-central-1:123456789012:dead';
const FUNCTION = 'arn:aws:lambda:eu-central-1:123456789012:function:water';
const role = { arn: 'arn:aws:iam::123456789012:role/gardener', address: 'aws_iam_role.gardener' };

type Target = ScheduleDefinition['target'];

/** A schedule that calls a function each minute, but for what is said. */
export function scheduleOf(
  changes: Partial<Omit<ScheduleDefinition, 'target'>> & { readonly target?: Partial<Target> } = {},
): ScheduleDefinition {
  const name = changes.name ?? 'water';
  return {
    name,
    groupName: 'default',
    arn: `arn:aws:scheduler:eu-central-1:123456789012:schedule/default/${name}`,
    address: `aws_scheduler_schedule.${name}`,
    description: null,
    expression: 'rate(1 minute)',
    timeZone: 'UTC',
    startDate: null,
    endDate: null,
    enabled: true,
    flexibleWindowMinutes: 0,
    kmsKeyArn: null,
    ...changes,
    target: {
      arn: FUNCTION,
      principal: role,
      input: '"<aws.scheduler.scheduled-time>"',
      maximumEventAgeSeconds: 86_400,
      maximumRetryAttempts: 185,
      deadLetterQueueArn: null,
      messageGroupId: null,
      ...changes.target,
    },
  };
}

export interface Sent extends TargetMessage {
  readonly queueArn: string;
}

/** A scheduler whose targets write down what they get. `fail` makes the targets refuse until it is taken back with null. */
export function setting({ start = START, database = openDatabase(':memory:'), seed = 'scheduler' } = {}) {
  const clock = movableClock(manualClock(Date.parse(start)));
  clock.set(Date.parse(start));
  const alarms = createAlarms(clock);
  const invoked: string[] = [];
  const sent: Sent[] = [];
  const logged: string[] = [];
  let failure: AwsError | null = null;
  const refuse = (): void => {
    if (failure) throw failure;
  };
  const scheduler = createScheduler({
    database,
    account: { region: 'eu-central-1', accountId: '123456789012' },
    clock,
    alarms,
    random: seededRandom(seed),
    targets: {
      async invokeFunction(_arn, payload) {
        refuse();
        invoked.push(payload);
      },
      async sendMessage(queueArn, message) {
        if (queueArn !== DEAD_LETTERS) refuse();
        sent.push({ queueArn, ...message });
      },
    },
    log: (message) => void logged.push(message),
  });
  return {
    scheduler,
    clock,
    database,
    invoked,
    sent,
    logged,
    fail: (next: AwsError | null) => void (failure = next),
    /** Moves from alarm to alarm, as a clock would that runs. */
    async runUntil(time: string): Promise<void> {
      await new Promise((resolve) => setTimeout(resolve));
      await scheduler.idle();
      for (let next = alarms.next(); next !== null && next <= Date.parse(time); next = alarms.next()) {
        clock.set(Math.max(next, clock.now()));
        await scheduler.idle();
      }
      clock.set(Date.parse(time));
    },
  };
}

export const throttled = new AwsError('ThrottlingException', 'Rate exceeded');

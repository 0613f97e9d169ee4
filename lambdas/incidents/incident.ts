/** What a person is told. */
export interface Incident {
  /** The same for the beginning and the end of one thing, and for each time that it is told. */
  readonly key: string;
  /** `resolved`: it is over. */
  readonly state: 'open' | 'resolved';
  readonly severity: 'critical' | 'warning';
  /** One line. */
  readonly title: string;
  /** What it means and what to do, with the link to the runbook. */
  readonly text: string;
  /** A UUID for this telling, so that a receiver can tell a repetition from another one. */
  readonly id: string;
}

/** What SNS says of a message. https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
export interface Notification {
  readonly messageId: string;
  readonly topicArn: string;
  readonly subject: string | undefined;
  readonly message: string;
}

export interface Surroundings {
  /** `hiroba-prod` */
  readonly service: string;
  /** Absent where no rung calls persons. */
  readonly pagesTopicArn: string | undefined;
}

/** The parts of CloudWatch's message that are used. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html */
interface AlarmMessage {
  readonly AlarmName: string;
  readonly AlarmDescription?: string | null;
  readonly NewStateValue: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  readonly NewStateReason?: string;
}

/** Alarms are JSON; budgets write for people to read. What is neither is passed on as it is: an incident is never dropped. */
export function incidentOf(notification: Notification, { service, pagesTopicArn }: Surroundings): Incident {
  const common = {
    severity: notification.topicArn === pagesTopicArn ? ('critical' as const) : ('warning' as const),
    id: notification.messageId,
  };
  const alarm = readAlarm(notification.message);
  if (!alarm) {
    const title = notification.subject ?? 'A notice without a subject';
    return {
      ...common,
      key: `${service}/${title}`,
      state: 'open',
      title: `${service}: ${title}`,
      text: notification.message,
    };
  }
  const resolved = alarm.NewStateValue === 'OK';
  return {
    ...common,
    key: alarm.AlarmName,
    state: resolved ? 'resolved' : 'open',
    title: `${alarm.AlarmName} ${resolved ? 'is over' : 'rings'}`,
    text: [alarm.AlarmDescription, alarm.NewStateReason].filter(Boolean).join('\n'),
  };
}

function readAlarm(text: string): AlarmMessage | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isAlarm(value) ? value : undefined;
}

function isAlarm(value: unknown): value is AlarmMessage {
  if (typeof value !== 'object' || value === null) return false;
  const { AlarmName, NewStateValue } = value as Partial<Record<keyof AlarmMessage, unknown>>;
  return typeof AlarmName === 'string' && typeof NewStateValue === 'string';
}

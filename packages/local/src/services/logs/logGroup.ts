import type { LogEvent } from './model.ts';

/** The last events of one log group, in the order in which they came. */
export interface LogGroup {
  readonly name: string;
  readonly arn: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly retentionDays: number | null;
  readonly storedBytes: number;
  add(event: LogEvent): void;
  /** Those that are not older than the retention, at this time of the clock. */
  events(now: number): readonly LogEvent[];
  /** Whatever is kept goes on under the new setting. */
  retain(days: number | null): void;
}

/** In memory; what is older is in the terminal. */
export const MAX_EVENTS = 10_000;
export const MAX_BYTES = 2 * 1024 * 1024;
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const MAX_EVENT_BYTES = 256 * 1024;
/** What CloudWatch counts for an event beside its message. */
const EVENT_OVERHEAD_BYTES = 26;
const DAY = 24 * 3_600_000;

export function createLogGroup(group: Pick<LogGroup, 'name' | 'arn' | 'createdAt' | 'retentionDays'>): LogGroup {
  const events: LogEvent[] = [];
  let bytes = 0;
  let retentionDays = group.retentionDays;
  const sizeOf = ({ message }: LogEvent): number => Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES;

  /** Half of it goes at once, so that not every new event moves all others. */
  function makeRoom(): void {
    if (events.length <= MAX_EVENTS && bytes <= MAX_BYTES) return;
    let gone = 0;
    for (; events.length - gone > MAX_EVENTS / 2 || bytes > MAX_BYTES / 2; gone++)
      bytes -= sizeOf(events[gone] as LogEvent);
    events.splice(0, gone);
  }

  return {
    ...group,
    get retentionDays() {
      return retentionDays;
    },
    get storedBytes() {
      return bytes;
    },
    add(event) {
      const kept = { ...event, message: shortened(event.message) };
      events.push(kept);
      bytes += sizeOf(kept);
      makeRoom();
    },
    events: (now) =>
      retentionDays === null ? events : events.filter(({ timestamp }) => timestamp > now - (retentionDays ?? 0) * DAY),
    retain(days) {
      retentionDays = days;
    },
  };
}

function shortened(message: string): string {
  if (message.length * 3 <= MAX_EVENT_BYTES || Buffer.byteLength(message) <= MAX_EVENT_BYTES) return message;
  return new TextDecoder().decode(Buffer.from(message).subarray(0, MAX_EVENT_BYTES));
}

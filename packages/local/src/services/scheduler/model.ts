import type { Principal } from '../../aws/service.ts';

/** A schedule as the Terraform describes it, with AWS's defaults filled in by the caller. */
export interface ScheduleDefinition {
  readonly name: string;
  readonly groupName: string;
  readonly arn: string;
  /** The Terraform address, for messages. */
  readonly address: string;
  readonly description: string | null;
  /** `cron(...)`, `rate(...)` or `at(...)` */
  readonly expression: string;
  /** An IANA name, as `Asia/Tokyo`. */
  readonly timeZone: string;
  /** Epoch milliseconds: nothing runs before the one, or at and after the other. One-time schedules ignore both. */
  readonly startDate: number | null;
  readonly endDate: number | null;
  readonly enabled: boolean;
  /** 0: no flexible time window. */
  readonly flexibleWindowMinutes: number;
  readonly kmsKeyArn: string | null;
  readonly target: ScheduleTarget;
}

export interface ScheduleTarget {
  /** Of a Lambda function (or its alias) or of an SQS queue. */
  readonly arn: string;
  /** The execution role. */
  readonly principal: Principal;
  /** Text, in which keywords as `<aws.scheduler.scheduled-time>` are replaced; null: AWS's own event. */
  readonly input: string | null;
  readonly maximumEventAgeSeconds: number;
  readonly maximumRetryAttempts: number;
  readonly deadLetterQueueArn: string | null;
  /** For a FIFO queue. */
  readonly messageGroupId: string | null;
}

/** What a schedule reaches. Both are judged by the policies of the schedule's role and throw `AwsError`. */
export interface TargetPorts {
  /** Resolves when Lambda has accepted the event; what the function does with it is Lambda's affair. */
  invokeFunction(functionArn: string, payload: string, principal: Principal): Promise<void>;
  sendMessage(queueArn: string, message: TargetMessage, principal: Principal): Promise<void>;
}

export interface TargetMessage {
  readonly body: string;
  /** All of the type `String`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageGroupId: string | null;
}

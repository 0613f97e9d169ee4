import type { Iam } from '../services/iam/index.ts';
import type { Lambda } from '../services/lambda/index.ts';
import type { TargetPorts } from '../services/scheduler/index.ts';
import type { MessageAttributes, Sqs } from '../services/sqs/index.ts';

export interface ScheduleTargetServices {
  readonly iam: Iam;
  readonly lambda: Lambda;
  readonly sqs: Sqs;
}

/** What schedules call, as their roles. */
export function scheduleTargets({ iam, lambda, sqs }: ScheduleTargetServices): TargetPorts {
  return {
    async invokeFunction(functionArn, payload, principal) {
      await iam.authorize(principal, { action: 'lambda:InvokeFunction', resource: functionArn });
      await lambda.invoke(functionArn, payload, 'Event');
    },
    async sendMessage(queueArn, { body, attributes, messageGroupId }, principal) {
      const groupId = messageGroupId === null ? {} : { groupId: messageGroupId };
      await sqs.send(queueArn, { body, attributes: asTexts(attributes), ...groupId }, { principal });
    },
  };
}

function asTexts(attributes: Readonly<Record<string, string>>): MessageAttributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );
}

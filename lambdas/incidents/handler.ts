import type { CloudWatchLogsEvent, SNSEvent } from 'aws-lambda';
import { required } from '../shared/environment.ts';
import { writeLog } from '../shared/log.ts';
import { BadChannel, forgetChannel, readChannel } from './channel.ts';
import { deliver, NotDelivered } from './deliver.ts';
import { errorGroups, forgetTold, incidentOfErrors, isNews } from './errorGroups.ts';
import { incidentOf, type Incident } from './incident.ts';
import { messageFor } from './message.ts';

/**
 * Tells people of alarms and budgets (from SNS) and of new kinds of errors (from log groups), where the channel's parameter
 * says. Whatever fails ends the invocation, so that Lambda comes again twice and then keeps the event in a queue.
 */
export async function handler(event: SNSEvent | CloudWatchLogsEvent): Promise<void> {
  if ('awslogs' in event) return tellOfErrors(event);
  for (const { Sns } of event.Records) {
    const notification = {
      messageId: Sns.MessageId,
      topicArn: Sns.TopicArn,
      subject: Sns.Subject || undefined,
      message: Sns.Message,
    };
    await tell(incidentOf(notification, { service: required('SERVICE'), pagesTopicArn: process.env.PAGES_TOPIC_ARN }));
  }
}

async function tellOfErrors({ awslogs }: CloudWatchLogsEvent): Promise<void> {
  for (const group of errorGroups(awslogs.data)) {
    if (!isNews(group, Date.now())) continue;
    try {
      await tell(incidentOfErrors(group, required('SERVICE')));
    } catch (error) {
      forgetTold(group);
      throw error;
    }
  }
}

async function tell(incident: Incident): Promise<void> {
  const { key, state } = incident;
  try {
    const channel = await readChannel(required('CHANNEL_PARAMETER'), genericHosts());
    await deliver(messageFor(channel, incident));
    writeLog({ level: 'INFO', function: 'incidents', key, state, kind: channel.kind });
  } catch (error) {
    // The key may have been changed: the next attempt reads it anew.
    forgetChannel();
    if (error instanceof BadChannel || error instanceof NotDelivered)
      writeLog({ level: 'ERROR', function: 'incidents', key, state, error: error.name, reason: error.message });
    throw error;
  }
}

function genericHosts(): string[] {
  return (process.env.GENERIC_HOSTS ?? '').split(',').filter((host) => host !== '');
}

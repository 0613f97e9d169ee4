import type { SQSEvent, SQSRecord } from 'aws-lambda';

export interface Sent {
  readonly id: string;
  /** A text goes as it is. */
  readonly body: unknown;
  readonly receives?: number;
  readonly trace?: string;
}

function message({ id, body, receives = 1, trace }: Sent): SQSRecord {
  return {
    messageId: id,
    receiptHandle: `handle of ${id}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: `${receives}`,
      SentTimestamp: '1738317600000',
      SenderId: 'AROAEXAMPLE',
      ApproximateFirstReceiveTimestamp: '1738317600000',
    },
    messageAttributes: trace === undefined ? {} : { trace: { dataType: 'String', stringValue: trace } },
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:hiroba-dev-worker',
    awsRegion: 'us-east-1',
  };
}

export function queueEvent(...sent: readonly Sent[]): SQSEvent {
  return { Records: sent.map(message) };
}

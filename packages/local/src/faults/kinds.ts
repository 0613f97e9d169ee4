/** What can go wrong on AWS and otherwise does not on a laptop. */
export const FAULT_KINDS = [
  /** A batch of a stream ends before it is full, and the rest comes with the next. */
  'streamCut',
  /** A batch of one shard waits while those of others go on. */
  'streamDelayed',
  /** What a function has done with a batch is forgotten: it comes again, cut anew and with what came meanwhile. */
  'streamRedelivered',
  /** A message is given to a function twice, at the same time or after it was deleted. */
  'queueDuplicated',
  /** A message comes late, and so behind others that were sent after it. */
  'queueDelayed',
  /** DynamoDB refuses a read or a write, or leaves requests of a batch unprocessed. */
  'dynamodbThrottled',
  /** A write meets a transaction on the same item, or a transaction meets another. */
  'dynamodbConflict',
  /** SES refuses to send so fast. */
  'sesThrottled',
  /** S3 asks to slow down. */
  's3SlowDown',
  /** The execution environment of a function ends while it runs. */
  'workerKilled',
  /** S3 tells of one event twice. */
  'notificationDuplicated',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

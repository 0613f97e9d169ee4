/** What a mapping needs of a message; the names are those of the event that the function gets. */
export interface QueueMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** Those of SQS itself, as `ApproximateReceiveCount`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<Record<string, EventMessageAttribute>>;
  readonly md5OfBody: string;
  /** Only of a message that has attributes. */
  readonly md5OfMessageAttributes?: string;
}

export interface EventMessageAttribute {
  readonly dataType: string;
  readonly stringValue?: string;
  /** Base64. */
  readonly binaryValue?: string;
  readonly stringListValues: readonly string[];
  readonly binaryListValues: readonly string[];
}

/** A queue, read in process. */
export interface MessageQueue {
  readonly arn: string;
  /** The one of the queue as it is now. */
  visibilityTimeoutSeconds(): number;
  /** Takes what is visible, without waiting. At most so many messages and, after the first, so many bytes of bodies. */
  receive(limits: { readonly maximumMessages: number; readonly maximumBytes: number }): readonly QueueMessage[];
  /** What was received again by others meanwhile is left alone. */
  remove(messages: readonly Pick<QueueMessage, 'receiptHandle'>[]): void;
  hasVisible(): boolean;
  /** Up to `limit`. */
  countVisible(limit: number): number;
  /** Calls the listener when there may be a visible message; returns what ends that. */
  onVisible(listener: () => void): () => void;
}

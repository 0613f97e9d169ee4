/** A queue as the Terraform describes it. */
export interface QueueDefinition {
  readonly name: string;
  readonly arn: string;
  /** `http://localhost:4001/123456789012/name` */
  readonly url: string;
  /** The Terraform address, for messages. */
  readonly address: string;
  readonly visibilityTimeoutSeconds: number;
  readonly delaySeconds: number;
  readonly maximumMessageBytes: number;
  readonly retentionSeconds: number;
  readonly receiveWaitSeconds: number;
  readonly redrivePolicy: RedrivePolicy | null;
  readonly redriveAllowPolicy: RedriveAllowPolicy | null;
  /** The JSON text of the queue's policy. It is judged by IAM and only shown here. */
  readonly policy: string | null;
  readonly encryption: Encryption;
}

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

export interface RedriveAllowPolicy {
  readonly redrivePermission: 'allowAll' | 'denyAll' | 'byQueue';
  readonly sourceQueueArns: readonly string[];
}

/** Shown and without effect: what is stored here is protected by the machine's own disk encryption. */
export type Encryption =
  | { readonly kind: 'kms'; readonly keyId: string; readonly reusePeriodSeconds: number }
  | { readonly kind: 'sqs' }
  | { readonly kind: 'none' };

/** A queue in use. `number` names it in the database and is never used again. */
export interface Queue extends QueueDefinition {
  readonly number: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** As the API writes it; `BinaryValue` is base64. */
export type MessageAttribute =
  | { readonly DataType: string; readonly StringValue: string }
  | { readonly DataType: string; readonly BinaryValue: string };

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** A message that has been checked and may be stored. */
export interface NewMessage {
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly traceHeader: string | null;
  /** Only shown here; on AWS it lets a queue be fair to several tenants. */
  readonly groupId: string | null;
  readonly senderId: string;
  readonly delaySeconds: number;
}

/** A message as it is stored. Times are epoch milliseconds. */
export interface StoredMessage {
  readonly id: number;
  readonly messageId: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly traceHeader: string | null;
  readonly groupId: string | null;
  readonly senderId: string;
  readonly sentAt: number;
  readonly receiveCount: number;
  readonly firstReceivedAt: number | null;
  /** The queue whose redrive policy moved it here. */
  readonly deadLetterSourceArn: string | null;
}

/** A message that was received and is hidden from others for the visibility timeout. */
export interface ReceivedMessage extends Omit<StoredMessage, 'firstReceivedAt'> {
  readonly firstReceivedAt: number;
  readonly receiptHandle: string;
}

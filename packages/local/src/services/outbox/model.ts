/** A message that a service sent to a person: the local stand-in for a mailbox and a phone. */
export interface OutboxMessage {
  /** A number; later messages have greater ones. */
  readonly id: string;
  readonly channel: 'EMAIL' | 'SMS';
  /** An email address, or a phone number in E.164. */
  readonly to: string;
  /** Empty for SMS. */
  readonly subject: string;
  /** The text; empty for mail that has HTML alone. */
  readonly body: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  /** The service and resource that sent it, as `cognito-idp/us-east-1_Ab3dEf9hI` or `ses/example.com`. */
  readonly source: string;
  /** What mail through SES has beside this. */
  readonly mail?: OutboxMail;
  /** Why it was accepted and did not reach the person; absent for what was delivered. */
  readonly undelivered?: string;
}

export interface OutboxMail {
  readonly html: string | null;
  /** As the recipient sees them, decoded, in the order of the mail. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly attachments: readonly { readonly name: string; readonly contentType: string; readonly bytes: number }[];
  readonly messageId: string;
  readonly configurationSet: string | null;
  /** `EmailTags`, by name. */
  readonly tags: Readonly<Record<string, string>>;
}

export type NewMessage = Omit<OutboxMessage, 'id' | 'sentAt'>;

import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../clock.ts';
import { AwsError } from '../../aws/error.ts';
import { transaction } from '../../database.ts';
import type { Outbox } from '../outbox/index.ts';
import type { Mailbox } from './addresses.ts';
import type { ComposedMail } from './mail.ts';
import type { ConfigurationSet, EmailIdentity } from './model.ts';
import type { Registry } from './registry.ts';
import type { SendingRate } from './sendingRate.ts';
import { simulatedRefusal } from './simulator.ts';
import type { SesStore } from './store.ts';

export interface DeliveryOptions {
  readonly database: DatabaseSync;
  readonly store: SesStore;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly rate: SendingRate;
  /** -1: no limit. */
  readonly max24HourSend: number;
  /** Told of what was accepted and not delivered. */
  readonly onLog: (line: string) => void;
}

/** A mail that was accepted; `failure`: it could not be rendered. */
export interface AcceptedMail {
  readonly messageId: string;
  readonly identity: EmailIdentity;
  readonly configurationSet: ConfigurationSet | null;
  readonly recipients: readonly Mailbox[];
  readonly tags: Readonly<Record<string, string>>;
  readonly content: ComposedMail | { readonly failure: string };
}

export interface Delivery {
  /** Takes the recipients from the rate and the quota. Throws `TooManyRequestsException`. */
  admit(recipients: number): void;
  /** Puts the mail into the outbox, one message for each recipient, all of them or none. */
  deliver(mail: AcceptedMail, registry: Registry): void;
  sentLast24Hours(): number;
}

export function createDelivery(options: DeliveryOptions): Delivery {
  const { database, store, outbox, clock, rate, max24HourSend, onLog } = options;

  function suppression({ configurationSet }: AcceptedMail, registry: Registry, address: string): string | null {
    const reasons = configurationSet?.suppressedReasons ?? registry.suppressedReasons;
    const entry = store.suppressed(address);
    return entry !== null && reasons.includes(entry.reason) ? ON_SUPPRESSION_LIST : null;
  }

  function hand(mail: AcceptedMail, { address }: Mailbox, undelivered: string | null): void {
    const { messageId, identity, configurationSet, tags, content } = mail;
    if (undelivered !== null) onLog(`ses: mail ${messageId} to ${address} was not delivered: ${undelivered}`);
    const composed = 'failure' in content ? EMPTY : content;
    outbox.add(
      {
        channel: 'EMAIL',
        to: address,
        subject: composed.subject,
        body: composed.text ?? '',
        source: `ses/${identity.name}`,
        mail: {
          html: composed.html,
          headers: composed.headers,
          attachments: composed.attachments,
          messageId,
          configurationSet: configurationSet?.name ?? null,
          tags,
        },
        ...(undelivered !== null && { undelivered }),
      },
      { keep: true },
    );
  }

  return {
    admit(recipients) {
      const sent = store.sentLast24Hours(clock.now());
      if (max24HourSend >= 0 && sent >= max24HourSend) throw tooMany('Daily message quota exceeded.');
      if (!rate.take(recipients)) throw tooMany('Maximum sending rate exceeded.');
    },
    deliver(mail, registry) {
      const { content, recipients } = mail;
      const failure = 'failure' in content ? `Rendering failure: ${content.failure}` : null;
      transaction(database, () => {
        store.countSent(recipients.length, clock.now());
        for (const recipient of recipients) {
          const { address } = recipient;
          hand(mail, recipient, failure ?? suppression(mail, registry, address) ?? simulatedRefusal(address));
        }
      });
    },
    sentLast24Hours: () => store.sentLast24Hours(clock.now()),
  };
}

const EMPTY: ComposedMail = { subject: '', text: null, html: null, headers: [], attachments: [] };

const ON_SUPPRESSION_LIST =
  'Amazon SES did not send the message to this address because it is on the suppression list for your account.';

const tooMany = (message: string): AwsError => new AwsError('TooManyRequestsException', message, { statusCode: 429 });

import type { StageSettings } from './stages.ts';
import { SynthError } from './synthError.ts';

export interface MailSettings {
  /** The address that mail comes from. */
  readonly sender: string;
  /** What SES has verified to send: the domain of the sender, where it is ours, or the address alone. */
  readonly identity: string;
  /** Recipients a second over all functions that send, from 1. */
  readonly perSecond: number;
}

interface MailEnvironment {
  readonly HIROBA_MAIL_FROM?: string;
  readonly HIROBA_MAILS_PER_SECOND?: string;
}

/** Nobody has it, so AWS sends nothing in its name; the local system takes every sender. RFC 2606 */
const NOBODY = 'no-reply@example.com';

/** What SES allows an account that has left its sandbox. https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas.html */
const DEFAULT_PER_SECOND = 14;

/** Printable ASCII: SES has no SMTPUTF8. */
const ADDRESS = /^[\w.+-]{1,64}@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** @throws SynthError for an address or a rate that is none, and for a shared stage without a sender. */
export function readMailSettings(
  stage: string,
  { sharedState }: Pick<StageSettings, 'sharedState'>,
  domain: string | undefined,
  environment: MailEnvironment,
): MailSettings {
  const sender = environment.HIROBA_MAIL_FROM || (domain ? `no-reply@${domain}` : sharedState ? undefined : NOBODY);
  if (sender === undefined) {
    throw new SynthError(
      `stage "${stage}" mails its members: set HIROBA_MAIL_FROM to an address whose mail you read, or HIROBA_DOMAIN to a domain that you registered`,
    );
  }
  if (!ADDRESS.test(sender)) {
    throw new SynthError(`HIROBA_MAIL_FROM is "${sender}", which is not an address like mail@example.org`);
  }
  const own = domain !== undefined && sender.endsWith(`@${domain}`);
  return { sender, identity: own ? domain : sender, perSecond: readRate(environment.HIROBA_MAILS_PER_SECOND) };
}

function readRate(value: string | undefined): number {
  if (!value) return DEFAULT_PER_SECOND;
  if (/^[1-9]\d{0,4}$/.test(value)) return Number(value);
  throw new SynthError(`HIROBA_MAILS_PER_SECOND is "${value}", which is not a whole number from 1 to 99999`);
}

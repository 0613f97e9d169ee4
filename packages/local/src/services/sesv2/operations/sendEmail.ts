import type { JsonObject } from '../../../json.ts';
import { AwsError } from '../../../aws/error.ts';
import { type Mailbox, parseMailbox, parseMailboxList } from '../addresses.ts';
import { composeMail, type Stamp, stampHeaders } from '../compose.ts';
import { newMessageId, type Operation, type SesContext } from '../context.ts';
import type { AcceptedMail } from '../delivery.ts';
import { badRequest, readerOf } from '../input.ts';
import { type Destination, readTags, recipientsOf } from '../mail.ts';
import { decodeWords } from '../mime/decode.ts';
import { headerValue, type MimeHeader } from '../mime/headers.ts';
import type { MimeMessage } from '../mime/message.ts';
import { configurationSetOf, requireIdentity } from '../registry.ts';
import { RenderingFailure } from '../template/index.ts';
import { readRawMessage } from './raw.ts';
import { readSimpleMessage } from './simple.ts';
import { readTemplate, renderParts } from './templateContent.ts';

/** https://docs.aws.amazon.com/ses/latest/dg/quotas.html */
const MAX_RECIPIENTS = 50;

/** They would send for another account, another region or a contact list, or to another place for bounces. */
export const REFUSED_MEMBERS = [
  'FromEmailAddressIdentityArn',
  'FeedbackForwardingEmailAddress',
  'FeedbackForwardingEmailAddressIdentityArn',
  'EndpointId',
  'TenantName',
  'ListManagementOptions',
  'ConfigurationOverrides',
] as const;

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html */
export const sendEmail: Operation = (input, context) => {
  const read = readerOf(input);
  read.refuse(REFUSED_MEMBERS);
  const raw = readRawMessage(input);
  const from = senderOf(input, raw);
  const destination = readDestination(read.optionalObject('Destination') ?? {}, raw);
  const recipients = recipientsOf(destination);
  refuseCount(recipients.length);
  const tags = readTags(read.objects('EmailTags'), 'EmailTags');
  const identity = requireIdentity(context.registry, from, context.account);
  const configurationSet = configurationSetOf(context.registry, identity, read.optionalText('ConfigurationSetName'));
  refusePaused(configurationSet);
  const stamp = newStamp(context);
  const content = raw === null ? composed(input, { from, destination, context, stamp }) : rawMail(raw, stamp);
  context.delivery.admit(recipients.length);
  const mail = { messageId: stamp.messageId, identity, configurationSet, recipients, tags, content };
  context.delivery.deliver(mail, context.registry);
  return { MessageId: stamp.messageId };
};

/** Who the mail is from; a raw one may say so itself. Throws `BadRequestException`. */
export function senderOf(input: JsonObject, raw: MimeMessage | null): Mailbox {
  const named = readerOf(input).optionalText('FromEmailAddress');
  const text = named ?? (raw === null ? '' : headerValue(raw.headers, 'from'));
  if (text === '') throw badRequest('FromEmailAddress must be given');
  return parseMailbox(text);
}

export function refusePaused(set: { readonly name: string; readonly sendingEnabled: boolean } | null): void {
  if (set === null || set.sendingEnabled) return;
  throw new AwsError('SendingPausedException', `Email sending for configuration set <${set.name}> is disabled.`);
}

export function refuseCount(recipients: number): void {
  if (recipients === 0) throw badRequest('The Destination must have at least one address');
  if (recipients > MAX_RECIPIENTS) throw badRequest(`Recipient count exceeds ${MAX_RECIPIENTS}.`);
}

export function newStamp({ random, clock, account }: SesContext): Stamp {
  return { messageId: newMessageId(random), region: account.region, sentAt: clock.now() };
}

/** `Destination`; without any address in it, a raw mail goes where its headers say. */
export function readDestination(block: JsonObject, raw: MimeMessage | null = null): Destination {
  const read = readerOf(block, 'Destination.');
  const given = {
    to: read.texts('ToAddresses').map(parseMailbox),
    cc: read.texts('CcAddresses').map(parseMailbox),
    bcc: read.texts('BccAddresses').map(parseMailbox),
  };
  if (raw === null || recipientsOf(given).length > 0) return given;
  const list = (name: string): Mailbox[] => parseMailboxList(headerValue(raw.headers, name));
  return { to: list('to'), cc: list('cc'), bcc: list('bcc') };
}

interface Composition {
  readonly from: Mailbox;
  readonly destination: Destination;
  readonly context: SesContext;
  readonly stamp: Stamp;
}

function composed(input: JsonObject, { from, destination, context, stamp }: Composition): AcceptedMail['content'] {
  const read = readerOf(input);
  const replyTo = read.texts('ReplyToAddresses').map(parseMailbox);
  const simple = readSimpleMessage(input);
  if (simple !== null) return composeMail({ ...simple, from, destination, replyTo }, stamp);
  const template = readTemplate(read.object('Content'), context.registry);
  try {
    return composeMail({ ...renderParts(template, template.data), from, destination, replyTo }, stamp);
  } catch (error) {
    if (error instanceof RenderingFailure) return { failure: error.message };
    throw error;
  }
}

/** Blind copies stay blind. */
const REPLACED_HEADERS: ReadonlySet<string> = new Set(['bcc', 'date', 'message-id', 'return-path']);

function rawMail({ headers, text, html, attachments }: MimeMessage, stamp: Stamp): AcceptedMail['content'] {
  const kept = headers.filter(({ name }) => !REPLACED_HEADERS.has(name.toLowerCase()));
  const decoded = kept.map(({ name, value }: MimeHeader) => ({ name, value: decodeWords(value) }));
  const subject = decodeWords(headerValue(headers, 'subject'));
  return { subject, text, html, headers: [...decoded, ...stampHeaders(stamp)], attachments };
}

import type { Mailbox } from './addresses.ts';
import type { ComposedMail, Destination, Header } from './mail.ts';
import { decodeWords } from './mime/decode.ts';
import type { Attachment } from './mime/message.ts';

/** What SES makes a mail of when it is not given the whole of it. */
export interface MailParts {
  readonly from: Mailbox;
  readonly destination: Destination;
  readonly replyTo: readonly Mailbox[];
  readonly subject: string;
  readonly text: string | null;
  readonly html: string | null;
  readonly headers: readonly Header[];
  readonly attachments: readonly Attachment[];
}

export interface Stamp {
  readonly messageId: string;
  readonly region: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
}

export function composeMail(parts: MailParts, stamp: Stamp): ComposedMail {
  const { from, destination, replyTo, text, html, headers, attachments } = parts;
  const subject = decodeWords(parts.subject);
  const lists: Header[] = [
    { name: 'From', value: shown(from) },
    ...addresses('To', destination.to),
    ...addresses('Cc', destination.cc),
    ...addresses('Reply-To', replyTo),
  ];
  return {
    subject,
    text,
    html,
    headers: [...lists, { name: 'Subject', value: subject }, ...headers, ...stampHeaders(stamp)],
    attachments,
  };
}

/** What SES writes itself, over what a raw mail has. */
export function stampHeaders({ messageId, region, sentAt }: Stamp): Header[] {
  // https://docs.aws.amazon.com/ses/latest/dg/header-fields.html
  const host = region === 'us-east-1' ? 'email' : region;
  return [
    { name: 'Message-ID', value: `<${messageId}@${host}.amazonses.com>` },
    { name: 'Date', value: new Date(sentAt).toUTCString().replace('GMT', '+0000') },
  ];
}

const addresses = (name: string, mailboxes: readonly Mailbox[]): Header[] =>
  mailboxes.length === 0 ? [] : [{ name, value: mailboxes.map(shown).join(', ') }];

const shown = ({ address, displayName }: Mailbox): string =>
  displayName === '' ? address : `${decodeWords(displayName)} <${address}>`;

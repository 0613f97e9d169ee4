import { MalformedMessage, membersOf } from './messages.ts';

/** What a mail is about; with the language the name of its template. */
export const mailKinds = ['welcome', 'digest', 'announcement', 'export-ready'] as const;

export type MailKind = (typeof mailKinds)[number];

export type Language = 'EN' | 'JA';

/** Mails in one message, as many as SES takes in one request. */
export const MAX_MAILS = 50;

/** Mails of one kind, to one member each. What the queue of `mail` carries. */
export interface MailMessage {
  readonly kind: MailKind;
  /** A member gets one mail of an occasion: `welcome`, `digest-2025-01-31`. */
  readonly occasion: string;
  /** 1-50. */
  readonly mails: readonly Mail[];
}

export interface Mail {
  readonly userId: string;
  /** Of what `data` has in it; absent: what the member reads. */
  readonly language?: Language;
  /** Fills in the template, beside what every mail has. SES escapes nothing: what goes into HTML is escaped here. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** @throws MalformedMessage */
export function readMailMessage(body: unknown): MailMessage {
  const members = membersOf(body);
  const mails = members.objects('mails').map(readMail);
  if (mails.length === 0 || mails.length > MAX_MAILS) throw new MalformedMessage(`mails has not 1 to ${MAX_MAILS}`);
  return { kind: members.oneOf('kind', mailKinds), occasion: members.text('occasion'), mails };
}

function readMail(value: object): Mail {
  const { data, language } = value as Partial<Record<string, unknown>>;
  const members = membersOf(value);
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw new MalformedMessage('data is no object');
  return {
    userId: members.text('userId'),
    ...(language === undefined ? {} : { language: members.oneOf('language', ['EN', 'JA'] as const) }),
    data: data as Mail['data'],
  };
}

/** Mails cut into messages, with what began them. */
export function mailMessages(
  message: Omit<MailMessage, 'mails'>,
  mails: readonly Mail[],
  trace?: string,
): { readonly body: MailMessage; readonly trace: string | undefined }[] {
  const starts = Array.from({ length: Math.ceil(mails.length / MAX_MAILS) }, (_, at) => at * MAX_MAILS);
  return starts.map((start) => ({ body: { ...message, mails: mails.slice(start, start + MAX_MAILS) }, trace }));
}

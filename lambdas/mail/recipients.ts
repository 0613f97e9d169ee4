import { AdminGetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { batchGet } from '../shared/batchGet.ts';
import { forEach } from '../shared/concurrency.ts';
import { required } from '../shared/environment.ts';
import type { Language, Mail, MailKind, MailMessage } from '../shared/mailMessages.ts';
import { cognito, withMember } from '../shared/members.ts';
import type { Job } from '../shared/queueHandler.ts';
import type { Image } from '../shared/records.ts';
import { unsubscribeKey } from './unsubscribeKey.ts';

/** Whom a mail may be sent to. */
export interface Recipient {
  readonly userId: string;
  readonly address: string;
  readonly handle: string;
  readonly language: Language;
  readonly data: Mail['data'];
  /** What the link that ends such mails has; undefined for mails that nothing ends. */
  readonly unsubscribe: string | undefined;
}

/**
 * The recipients of a message's mails as they are now, in the order of the message. Who has no profile that is in use, or no
 * address that was confirmed, is left out. @throws when Cognito or DynamoDB does not answer.
 */
export async function recipientsOf({ kind, mails }: MailMessage, job: Job): Promise<Recipient[]> {
  const found = await batchGet(
    required('USERS_TABLE'),
    [...new Set(mails.map(({ userId }) => userId))].map((userId) => ({ userId })),
  );
  const profiles = new Map(found.map((profile) => [profile.userId, profile]));
  const recipients = new Map<string, Recipient>();
  const errors: unknown[] = [];
  await forEach(mails, async (mail) => {
    try {
      const recipient = await recipientOf(kind, mail, profiles.get(mail.userId));
      if (recipient) recipients.set(mail.userId, recipient);
      else job.count('nobody to mail');
    } catch (error) {
      errors.push(error);
    }
  });
  if (errors.length > 0) throw errors[0];
  return [...new Set(mails.map(({ userId }) => userId))].flatMap((userId) => recipients.get(userId) ?? []);
}

async function recipientOf(
  kind: MailKind,
  { userId, data, language }: Mail,
  profile: Image | undefined,
): Promise<Recipient | undefined> {
  if (profile?.status !== 'ACTIVE' || typeof profile.handle !== 'string') return undefined;
  if (isForSubscribers(kind) && !wantsMail(profile)) return undefined;
  const member = await memberOf(userId);
  if (!member) return undefined;
  const reads = language ?? languageOf(profile.language) ?? (member.locale.startsWith('ja') ? 'JA' : 'EN');
  const unsubscribe = isForSubscribers(kind) ? await unsubscribeKey(userId, profile) : undefined;
  return { userId, address: member.address, handle: profile.handle, language: reads, data, unsubscribe };
}

/** The rest answers what the member has done. */
function isForSubscribers(kind: MailKind): boolean {
  return kind === 'digest' || kind === 'announcement';
}

function wantsMail({ digest }: Image): boolean {
  return digest === 'DAILY' || digest === 'WEEKLY';
}

function languageOf(setting: unknown): Language | undefined {
  return setting === 'EN' || setting === 'JA' ? setting : undefined;
}

async function memberOf(sub: string): Promise<{ address: string; locale: string } | undefined> {
  const found = await withMember(sub, (name) => cognito.send(new AdminGetUserCommand(name)));
  const values = new Map(found?.UserAttributes?.map(({ Name, Value }) => [Name, Value]));
  const address = values.get('email');
  if (found?.Enabled === false || !address || values.get('email_verified') !== 'true') return undefined;
  return { address, locale: (values.get('locale') ?? '').toLowerCase() };
}

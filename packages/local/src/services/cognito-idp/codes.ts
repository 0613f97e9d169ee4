import { AwsError } from '../../aws/error.ts';
import type { JsonObject } from '../../json.ts';
import type { Random } from '../../random.ts';
import type { ContactAttribute, MessageTemplates } from './config.ts';
import type { Cognito, Pool } from './context.ts';
import { attemptLimitExceeded, codeMismatch, expiredCode, smsNotConfigured } from './errors.ts';
import {
  ATTRIBUTE_CODE_LIFE,
  AUTHENTICATION_CODE_LIFE,
  CODE_GUESSES_PER_HOUR,
  CODE_SENDS_PER_HOUR,
  FORGOT_PASSWORD_CODE_LIFE,
  SIGN_UP_CODE_LIFE,
} from './limits.ts';
import { hashSecret, matchesSecret, pretendToMatch } from './passwords.ts';
import { subjectOf } from './people.ts';
import type { Subject } from './store/attempts.ts';
import type { User } from './store/users.ts';
import { customMessage, type TriggerCall } from './triggers.ts';

/** What a code is good for, and for how long in milliseconds. */
const LIFE = {
  SIGN_UP: SIGN_UP_CODE_LIFE,
  FORGOT_PASSWORD: FORGOT_PASSWORD_CODE_LIFE,
  VERIFY_email: ATTRIBUTE_CODE_LIFE,
  VERIFY_phone_number: ATTRIBUTE_CODE_LIFE,
  SMS_MFA: AUTHENTICATION_CODE_LIFE,
} as const;

export type CodePurpose = keyof typeof LIFE;

/** The trigger source after `CustomMessage_`. */
export type MessageSource =
  | 'SignUp'
  | 'ResendCode'
  | 'ForgotPassword'
  | 'UpdateUserAttribute'
  | 'VerifyUserAttribute'
  | 'AdminCreateUser'
  | 'Authentication';

const CODE_PLACEHOLDER = '{####}';

export interface Recipient {
  readonly user: User;
  readonly attribute: ContactAttribute;
}

/** Makes a code, sends it and keeps its hash; returns `CodeDeliveryDetails`. */
export async function sendCode(
  cognito: Cognito,
  call: TriggerCall,
  { user, attribute, purpose, source }: Recipient & { purpose: CodePurpose; source: MessageSource },
): Promise<JsonObject> {
  const code = randomCode(cognito.random);
  const hash = await hashSecret(cognito.random, code);
  const send = await composeMessage(cognito, call, { user, attribute, source });
  cognito.codes.save(user, purpose, { hash, expiresAt: cognito.clock.now() + LIFE[purpose] });
  send(code);
  return deliveryDetails(attribute, user.attributes[attribute] ?? '');
}

/** The text by the pool's templates or its trigger; the returned function puts the secret in and sends it. */
export async function composeMessage(
  cognito: Cognito,
  call: TriggerCall,
  { user, attribute, source }: Recipient & { source: MessageSource },
): Promise<(secret: string) => void> {
  if (attribute === 'phone_number') await requireSms(cognito, call.pool);
  const own = await customMessage(cognito, call, { source, user });
  const texts = templates(source, call.pool.messages);
  const isEmail = attribute === 'email';
  const body = (isEmail ? own.emailMessage : own.smsMessage) ?? (isEmail ? texts.email : texts.sms);
  if (!body.includes(CODE_PLACEHOLDER)) {
    throw new AwsError('InvalidLambdaResponseException', `The custom message does not contain ${CODE_PLACEHOLDER}`);
  }
  return (secret) => {
    cognito.outbox.add({
      channel: isEmail ? 'EMAIL' : 'SMS',
      to: user.attributes[attribute] ?? '',
      subject: isEmail ? (own.emailSubject ?? texts.subject) : '',
      body: body.replaceAll(CODE_PLACEHOLDER, () => secret).replaceAll('{username}', () => user.username),
      source: `cognito-idp/${call.pool.poolId}`,
    });
  };
}

/** A pool texts as the role it was given, and that role must be allowed to. */
async function requireSms({ authorizer }: Cognito, { sms }: Pool): Promise<void> {
  if (!sms) throw smsNotConfigured();
  try {
    // A phone number is no resource of AWS.
    await authorizer.authorize(sms.principal, { action: 'sns:Publish', resource: '*' });
  } catch (error) {
    if (error instanceof AwsError) throw new AwsError('InvalidSmsRoleAccessPolicyException', error.message);
    throw error;
  }
}

/** Uses the code up, or throws `CodeMismatchException`, `ExpiredCodeException` or `LimitExceededException`. */
export async function redeemCode(
  cognito: Cognito,
  pool: Pool,
  { user, login, purpose, code }: { user: User | undefined; login: string; purpose: CodePurpose; code: string },
): Promise<void> {
  const { attempts, codes, clock } = cognito;
  const subject = subjectOf(pool, user, login);
  const action = `GUESS_${purpose}`;
  const checkLimit = () => {
    const usedUp = attempts.isUsedUp(subject, action, { perHour: CODE_GUESSES_PER_HOUR, now: clock.now() });
    if (usedUp) throw attemptLimitExceeded();
  };
  checkLimit();
  const stored = user && codes.find(subject, purpose);
  const matches = stored ? await matchesSecret(stored.hash, code) : await pretendToMatch(code);
  checkLimit();
  if (!stored || !matches) {
    attempts.use(subject, action, clock.now());
    throw user && !stored ? expiredCode() : codeMismatch();
  }
  if (clock.now() >= stored.expiresAt || !codes.remove(subject, purpose)) throw expiredCode();
}

/** Throws `LimitExceededException` when this hour's messages are sent; otherwise counts one. */
export function countSend({ attempts, clock }: Cognito, subject: Subject, purpose: CodePurpose): void {
  const action = `SEND_${purpose}`;
  if (attempts.isUsedUp(subject, action, { perHour: CODE_SENDS_PER_HOUR, now: clock.now() })) {
    throw attemptLimitExceeded();
  }
  attempts.use(subject, action, clock.now());
}

/** `CodeDeliveryDetails`: enough of the address to recognize it. */
export function deliveryDetails(attribute: ContactAttribute, address: string): JsonObject {
  const [local = '', domain = ''] = address.split('@');
  return attribute === 'email'
    ? { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: `${local.charAt(0)}***@${domain.charAt(0)}***` }
    : { AttributeName: 'phone_number', DeliveryMedium: 'SMS', Destination: `+*******${address.slice(-4)}` };
}

function templates(source: MessageSource, own: MessageTemplates = {}) {
  if (source === 'AdminCreateUser') {
    const invitation = 'Your username is {username} and temporary password is {####}.';
    return {
      subject: own.inviteSubject ?? 'Your temporary password',
      email: own.inviteMessage ?? invitation,
      sms: own.inviteSmsMessage ?? invitation,
    };
  }
  if (source === 'Authentication') {
    const code = 'Your authentication code is {####}';
    return { subject: 'Your authentication code', email: code, sms: code };
  }
  const forgot = source === 'ForgotPassword';
  const code = `Your ${forgot ? 'password reset' : 'confirmation'} code is {####}`;
  return {
    subject: own.verificationSubject ?? `Your ${forgot ? 'password reset' : 'verification'} code`,
    email: own.verificationMessage ?? code,
    sms: own.verificationSmsMessage ?? code,
  };
}

/** Six digits. Six bytes make the remainder's bias one in a hundred million. */
const randomCode = (random: Random) =>
  String(Buffer.from(random.bytes(6)).readUIntBE(0, 6) % 1_000_000).padStart(6, '0');

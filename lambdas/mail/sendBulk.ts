import {
  SendBulkEmailCommand,
  SESv2Client,
  type BulkEmailEntry,
  type SendBulkEmailCommandOutput,
} from '@aws-sdk/client-sesv2';
import { required } from '../shared/environment.ts';
import type { Job } from '../shared/queueHandler.ts';

/** One mail, ready but for its template. */
export interface Letter {
  readonly address: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Beside those that SES makes. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What became of mails that were handed over together. */
export interface Outcome {
  readonly sent: number;
  /** For good: no second attempt would do better. */
  readonly refused: number;
  /** SES did not answer, and may have sent them. */
  readonly unknown: number;
  /** Not sent, and worth another attempt: their places in the list. */
  readonly left: readonly number[];
}

/** One attempt, since SES has no token by which it would know the second for the first. */
const ses = new SESv2Client({
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
});

/** What is wrong with the mail itself. https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_BulkEmailEntryResult.html */
const FINAL = new Set(['MESSAGE_REJECTED', 'INVALID_PARAMETER']);

/**
 * Hands up to 50 mails of one template to SES. A mail to an address on the suppression list is taken, and not delivered.
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendBulkEmail.html
 */
export async function sendBulk(template: string, letters: readonly Letter[], job: Job): Promise<Outcome> {
  try {
    const { BulkEmailEntryResults: results = [] } = await ask(
      new SendBulkEmailCommand({
        FromEmailAddress: required('MAIL_SENDER'),
        ConfigurationSetName: required('MAIL_CONFIGURATION_SET'),
        DefaultContent: { Template: { TemplateName: `${required('MAIL_TEMPLATES')}${template}`, TemplateData: '{}' } },
        BulkEmailEntries: letters.map(entry),
      }),
    );
    const statuses = letters.map((_, at) => results[at]?.Status ?? 'FAILED');
    const wrong = new Set(statuses.filter((status) => status !== 'SUCCESS'));
    for (const status of wrong) job.warn(new Error(`SES: ${status}: ${reasonOf(results, status)}`));
    return {
      sent: statuses.filter((status) => status === 'SUCCESS').length,
      refused: statuses.filter((status) => FINAL.has(status)).length,
      unknown: 0,
      left: statuses.flatMap((status, at) => (status === 'SUCCESS' || FINAL.has(status) ? [] : [at])),
    };
  } catch (error) {
    job.warn(error);
    const nothingSent = { sent: 0, refused: 0 };
    if (isRefusal(error)) return { ...nothingSent, unknown: 0, left: letters.map((_, at) => at) };
    return { ...nothingSent, unknown: letters.length, left: [] };
  }
}

/** A clock that is wrong signs for another time; the SDK has set it by the refusal, and would now have tried again. */
async function ask(command: SendBulkEmailCommand): Promise<SendBulkEmailCommandOutput> {
  try {
    return await ses.send(command);
  } catch (error) {
    const { $metadata } = error as { readonly $metadata?: { readonly clockSkewCorrected?: boolean } };
    if (!$metadata?.clockSkewCorrected) throw error;
    return ses.send(command);
  }
}

function entry({ address, data, headers }: Letter): BulkEmailEntry {
  return {
    Destination: { ToAddresses: [address] },
    ReplacementEmailContent: { ReplacementTemplate: { ReplacementTemplateData: JSON.stringify(data) } },
    ReplacementHeaders: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
  };
}

function reasonOf(results: readonly { Status?: string; Error?: string }[], status: string): string {
  return results.find(({ Status }) => Status === status)?.Error ?? 'without a reason';
}

/** SES has answered that it does none of it: too fast, over the day's quota, or not allowed to us. */
function isRefusal(error: unknown): boolean {
  const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode ?? 0;
  return status >= 400 && status < 500;
}

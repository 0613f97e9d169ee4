import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../json.ts';
import { type Mailbox, parseMailbox } from '../addresses.ts';
import { composeMail, type Stamp } from '../compose.ts';
import type { Operation, SesContext } from '../context.ts';
import type { AcceptedMail } from '../delivery.ts';
import { badRequest, parseData, readerOf } from '../input.ts';
import { type Destination, mergeHeaders, readHeaders, readTags, recipientsOf } from '../mail.ts';
import { configurationSetOf, requireIdentity } from '../registry.ts';
import { RenderingFailure } from '../template/index.ts';
import { newStamp, readDestination, REFUSED_MEMBERS, refuseCount, refusePaused, senderOf } from './sendEmail.ts';
import { readTemplate, renderParts, type TemplateContent } from './templateContent.ts';

const MAX_ENTRIES = 50;

/** What all entries have in common. */
interface Bulk {
  readonly from: Mailbox;
  readonly replyTo: readonly Mailbox[];
  readonly template: TemplateContent;
  readonly tags: Readonly<Record<string, string>>;
  readonly common: Pick<AcceptedMail, 'identity' | 'configurationSet'>;
}

/**
 * An entry that cannot be sent has its status in the answer, and the others go out all the same.
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendBulkEmail.html
 */
export const sendBulkEmail: Operation = (input, context) => {
  const read = readerOf(input);
  read.refuse(REFUSED_MEMBERS);
  const entries = read.objects('BulkEmailEntries');
  if (entries.length === 0 || entries.length > MAX_ENTRIES) {
    throw badRequest(`BulkEmailEntries must have 1 to ${MAX_ENTRIES} members`);
  }
  const from = senderOf(input, null);
  const identity = requireIdentity(context.registry, from, context.account);
  const configurationSet = configurationSetOf(context.registry, identity, read.optionalText('ConfigurationSetName'));
  refusePaused(configurationSet);
  const bulk: Bulk = {
    from,
    replyTo: read.texts('ReplyToAddresses').map(parseMailbox),
    template: readTemplate(read.object('DefaultContent'), context.registry),
    tags: readTags(read.objects('DefaultEmailTags'), 'DefaultEmailTags'),
    common: { identity, configurationSet },
  };
  return { BulkEmailEntryResults: sendEntries(entries, bulk, context) };
};

function sendEntries(entries: readonly JsonObject[], bulk: Bulk, context: SesContext): JsonObject[] {
  const results: JsonObject[] = [];
  for (const entry of entries) {
    try {
      results.push({ Status: 'SUCCESS', MessageId: sendEntry(entry, bulk, context) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      // Nothing has been sent: a caller who was too fast may send the whole again.
      if (error.code === 'TooManyRequestsException' && results.every(({ Status }) => Status !== 'SUCCESS')) throw error;
      results.push({ Status: statusOf(error), Error: error.message });
    }
  }
  return results;
}

function statusOf({ code, message }: AwsError): string {
  if (code !== 'TooManyRequestsException') return 'INVALID_PARAMETER';
  return message.startsWith('Daily') ? 'ACCOUNT_DAILY_QUOTA_EXCEEDED' : 'ACCOUNT_THROTTLED';
}

/** Its message id. Throws `AwsError`. */
function sendEntry(entry: JsonObject, bulk: Bulk, context: SesContext): string {
  const read = readerOf(entry, 'BulkEmailEntries.');
  const destination = readDestination(read.object('Destination'));
  const recipients = recipientsOf(destination);
  refuseCount(recipients.length);
  const tags = { ...bulk.tags, ...readTags(read.objects('ReplacementTags'), 'ReplacementTags') };
  const stamp = newStamp(context);
  const content = contentOf(entry, { bulk, destination, stamp });
  context.delivery.admit(recipients.length);
  context.delivery.deliver({ ...bulk.common, messageId: stamp.messageId, recipients, tags, content }, context.registry);
  return stamp.messageId;
}

interface Entry {
  readonly bulk: Bulk;
  readonly destination: Destination;
  readonly stamp: Stamp;
}

function contentOf(entry: JsonObject, { bulk, destination, stamp }: Entry): AcceptedMail['content'] {
  const { from, replyTo, template } = bulk;
  const over = readHeaders(readerOf(entry).objects('ReplacementHeaders'), 'ReplacementHeaders');
  const data = { ...template.data, ...replacementData(entry) };
  try {
    const parts = renderParts({ ...template, headers: mergeHeaders(template.headers, over) }, data);
    return composeMail({ ...parts, from, destination, replyTo }, stamp);
  } catch (error) {
    if (error instanceof RenderingFailure) return { failure: error.message };
    throw error;
  }
}

function replacementData(entry: JsonObject): JsonObject {
  const content = readerOf(entry).optionalObject('ReplacementEmailContent') ?? {};
  const template = readerOf(content).optionalObject('ReplacementTemplate') ?? {};
  return parseData('ReplacementTemplateData', readerOf(template).optionalText('ReplacementTemplateData'));
}

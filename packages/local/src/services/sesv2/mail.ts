import type { JsonObject } from '../../json.ts';
import type { Mailbox } from './addresses.ts';
import { badRequest, readerOf } from './input.ts';
import type { Attachment } from './mime/message.ts';

export interface Header {
  readonly name: string;
  readonly value: string;
}

/** A mail that is ready to be handed to its recipients. */
export interface ComposedMail {
  readonly subject: string;
  readonly text: string | null;
  readonly html: string | null;
  /** Decoded, as a mail program shows them. */
  readonly headers: readonly Header[];
  readonly attachments: readonly Attachment[];
}

export interface Destination {
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly bcc: readonly Mailbox[];
}

export const recipientsOf = ({ to, cc, bcc }: Destination): readonly Mailbox[] => [...to, ...cc, ...bcc];

/** https://docs.aws.amazon.com/ses/latest/dg/quotas.html */
const MAX_HEADERS = 15;

/** They come from other members of the request. https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageHeader.html */
const RESTRICTED_HEADERS: ReadonlySet<string> = new Set(
  (
    'bcc cc content-disposition content-type content-transfer-encoding date from message-id mime-version reply-to ' +
    'return-path sender subject to'
  ).split(' '),
);

/** `Headers` of a simple mail, a template or an entry. Throws `BadRequestException`. */
export function readHeaders(blocks: readonly JsonObject[], at: string): Header[] {
  if (blocks.length > MAX_HEADERS) throw badRequest(`${at} must not have more than ${MAX_HEADERS} members`);
  return blocks.map((block) => {
    const read = readerOf(block, `${at}.`);
    const [name, value] = [read.text('Name'), read.text('Value')];
    if (!/^[!-9;-~]{1,126}$/.test(name))
      throw badRequest(`${at}.Name must be 1 to 126 characters of ASCII without ":"`);
    if (!/^[ -~]{1,995}$/.test(value) || name.length + value.length > 996) {
      throw badRequest(`${at}.Value must be printable ASCII, and 996 characters at most together with its name`);
    }
    if (RESTRICTED_HEADERS.has(name.toLowerCase())) throw badRequest(`${at} must not have the header ${name}`);
    return { name, value };
  });
}

/** The headers of `over` take the place of those of the same name. */
export function mergeHeaders(headers: readonly Header[], over: readonly Header[]): readonly Header[] {
  const replaced = new Set(over.map(({ name }) => name.toLowerCase()));
  return [...headers.filter(({ name }) => !replaced.has(name.toLowerCase())), ...over];
}

/** `EmailTags` and the like, by name. Throws `BadRequestException`. */
export function readTags(blocks: readonly JsonObject[], at: string): Record<string, string> {
  return Object.fromEntries(
    blocks.map((block) => {
      const read = readerOf(block, `${at}.`);
      const tag = [read.text('Name'), read.text('Value')] as const;
      if (tag.every((part) => /^[A-Za-z0-9_-]{1,256}$/.test(part))) return tag;
      throw badRequest(`${at} must have names and values of ASCII letters, digits, "_" and "-", 256 at most`);
    }),
  );
}

/** `Attachments` of a simple mail or a template: what they are, but not their content. Throws `BadRequestException`. */
export function readAttachments(blocks: readonly JsonObject[], at: string): Attachment[] {
  return blocks.map((block) => {
    const read = readerOf(block, `${at}.`);
    return {
      name: read.text('FileName'),
      contentType: read.optionalText('ContentType') ?? 'application/octet-stream',
      bytes: Buffer.from(read.text('RawContent'), 'base64').length,
    };
  });
}

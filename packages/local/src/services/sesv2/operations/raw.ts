import { NotEmulated } from '../../../aws/error.ts';
import type { JsonObject } from '../../../json.ts';
import { badRequest, readerOf } from '../input.ts';
import { headerValue } from '../mime/headers.ts';
import { type MimeMessage, parseMessage } from '../mime/message.ts';

/** `Content.Raw`, parsed; null when the content is of another kind. Throws `BadRequestException`. */
export function readRawMessage(input: JsonObject): MimeMessage | null {
  const content = readerOf(input).object('Content');
  refuseSeveralKinds(content);
  const raw = readerOf(content, 'Content.').optionalObject('Raw');
  if (raw === undefined) return null;
  const message = parseMessage(Buffer.from(readerOf(raw, 'Content.Raw.').text('Data'), 'base64'));
  if (headerValue(message.headers, 'from') === '') throw badRequest("Missing required header 'From'.");
  const own = message.headers.find(({ name }) => /^x-ses-/i.test(name));
  if (own) throw new NotEmulated(`ses: the header ${own.name} in a raw message`);
  return message;
}

function refuseSeveralKinds(content: JsonObject): void {
  const kinds = ['Simple', 'Raw', 'Template'].filter((kind) => content[kind] !== undefined && content[kind] !== null);
  if (kinds.length !== 1) throw badRequest('Content must have exactly one of Simple, Raw and Template');
}

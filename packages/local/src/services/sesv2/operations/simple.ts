import type { JsonObject } from '../../../json.ts';
import type { MailParts } from '../compose.ts';
import { badRequest, readerOf } from '../input.ts';
import { readAttachments, readHeaders } from '../mail.ts';

type Content = Omit<MailParts, 'from' | 'destination' | 'replyTo'>;

/** `Content.Simple`; null when the content is of another kind. Throws `BadRequestException`. */
export function readSimpleMessage(input: JsonObject): Content | null {
  const simple = readerOf(readerOf(input).object('Content'), 'Content.').optionalObject('Simple');
  if (simple === undefined) return null;
  const read = readerOf(simple, 'Content.Simple.');
  const body = readerOf(read.object('Body'), 'Content.Simple.Body.');
  const [text, html] = [body.optionalObject('Text'), body.optionalObject('Html')];
  if (text === undefined && html === undefined) throw badRequest('Content.Simple.Body must have Text or Html');
  return {
    subject: readText(read.object('Subject'), 'Content.Simple.Subject.'),
    text: text === undefined ? null : readText(text, 'Content.Simple.Body.Text.'),
    html: html === undefined ? null : readText(html, 'Content.Simple.Body.Html.'),
    headers: readHeaders(read.objects('Headers'), 'Content.Simple.Headers'),
    attachments: readAttachments(read.objects('Attachments'), 'Content.Simple.Attachments'),
  };
}

/**
 * AWS takes text without a character set for ASCII, and what is not ASCII arrives as question marks. Here it is refused:
 * nobody means it.
 */
function readText(block: JsonObject, at: string): string {
  const read = readerOf(block, at);
  const data = block['Data'] === '' ? '' : read.text('Data');
  const charset = read.optionalText('Charset') ?? 'US-ASCII';
  if (/^(us-)?ascii$/i.test(charset) && /[^\t\n\r -~]/.test(data)) {
    throw badRequest(`${at}Data has characters outside of ASCII: say Charset: "UTF-8"`);
  }
  return data;
}

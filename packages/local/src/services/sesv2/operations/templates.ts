import type { JsonObject } from '../../../json.ts';
import type { Operation } from '../context.ts';
import { badRequest, parseData, readerOf } from '../input.ts';
import { RenderingFailure } from '../template/index.ts';
import { stampHeaders, type Stamp } from '../compose.ts';
import { encodeHeader } from '../mime/encode.ts';
import { newStamp } from './sendEmail.ts';
import { renderParts } from './templateContent.ts';

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailTemplate.html */
export const getEmailTemplate: Operation = (input, { registry }) => {
  const { name, arn, subject, text, html } = registry.template(readerOf(input).text('TemplateName'));
  const content: JsonObject = {
    Subject: subject,
    ...(text !== null && { Text: text }),
    ...(html !== null && { Html: html }),
  };
  return { TemplateName: name, TemplateArn: arn, TemplateContent: content };
};

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_TestRenderEmailTemplate.html */
export const testRenderEmailTemplate: Operation = (input, context) => {
  const read = readerOf(input);
  const { nodes } = context.registry.template(read.text('TemplateName'));
  const data = parseData('TemplateData', read.text('TemplateData'));
  try {
    const parts = renderParts({ nodes, data, headers: [], attachments: [] }, data);
    return { RenderedTemplate: mimeOf(parts, newStamp(context)) };
  } catch (error) {
    if (error instanceof RenderingFailure) throw badRequest(error.message);
    throw error;
  }
};

type Rendered = Pick<ReturnType<typeof renderParts>, 'subject' | 'text' | 'html'>;

function mimeOf({ subject, text, html }: Rendered, stamp: Stamp): string {
  const boundary = `----=_Part_${stamp.messageId.slice(0, 16)}`;
  const parts = [
    ['text/plain', text],
    ['text/html', html],
  ].filter(([, content]) => content !== null);
  return [
    ...stampHeaders(stamp).map(({ name, value }) => `${name}: ${value}`),
    `Subject: ${encodeHeader(subject)}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    '',
    ...parts.flatMap(([type, content]) => [
      `--${boundary}`,
      `Content-Type: ${type}; charset=UTF-8`,
      'Content-Transfer-Encoding: 8bit',
      '',
      content,
    ]),
    `--${boundary}--`,
    '',
  ].join('\r\n');
}

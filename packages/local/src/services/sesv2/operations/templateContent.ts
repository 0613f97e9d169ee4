import type { JsonObject } from '../../../json.ts';
import type { MailParts } from '../compose.ts';
import { badRequest, parseData, readerOf } from '../input.ts';
import { type Header, readAttachments, readHeaders } from '../mail.ts';
import type { Attachment } from '../mime/message.ts';
import type { PreparedTemplate, Registry } from '../registry.ts';
import { parseSimpleTemplate, renderTemplate, TemplateError } from '../template/index.ts';

/** `Template` of a mail or of many: what to fill in, and with what where an entry says nothing else. */
export interface TemplateContent {
  readonly nodes: PreparedTemplate['nodes'];
  readonly data: JsonObject;
  readonly headers: readonly Header[];
  readonly attachments: readonly Attachment[];
}

/** Throws `BadRequestException` and `NotFoundException`. */
export function readTemplate(content: JsonObject, registry: Registry): TemplateContent {
  const block = readerOf(content, 'Content.').object('Template');
  const read = readerOf(block, 'Template.');
  const name = templateName(block);
  const inline = read.optionalObject('TemplateContent');
  if ((name === undefined) === (inline === undefined)) {
    throw badRequest('Template must have exactly one of TemplateName (or TemplateArn) and TemplateContent');
  }
  return {
    nodes: inline === undefined ? registry.template(name ?? '').nodes : readInline(inline),
    data: parseData('TemplateData', read.optionalText('TemplateData')),
    headers: readHeaders(read.objects('Headers'), 'Template.Headers'),
    attachments: readAttachments(read.objects('Attachments'), 'Template.Attachments'),
  };
}

/** Of a stored template, which a request may name by its ARN, too. */
export function templateName(block: JsonObject): string | undefined {
  const read = readerOf(block, 'Template.');
  return read.optionalText('TemplateName') ?? read.optionalText('TemplateArn')?.split(':template/').at(-1);
}

function readInline(content: JsonObject): PreparedTemplate['nodes'] {
  const read = readerOf(content, 'Template.TemplateContent.');
  const parsed = (text: string | undefined) => (text === undefined ? null : parseSimpleTemplate(text));
  try {
    return {
      subject: parseSimpleTemplate(read.text('Subject')),
      text: parsed(read.optionalText('Text')),
      html: parsed(read.optionalText('Html')),
    };
  } catch (error) {
    if (error instanceof TemplateError) throw badRequest(error.message);
    throw error;
  }
}

/** Throws `RenderingFailure`. */
export function renderParts(
  { nodes, headers, attachments }: TemplateContent,
  data: JsonObject,
): Pick<MailParts, 'subject' | 'text' | 'html' | 'headers' | 'attachments'> {
  return {
    subject: renderTemplate(nodes.subject, data),
    text: nodes.text && renderTemplate(nodes.text, data),
    html: nodes.html && renderTemplate(nodes.html, data),
    headers,
    attachments,
  };
}

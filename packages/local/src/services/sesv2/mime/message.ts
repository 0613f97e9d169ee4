import { badRequest } from '../input.ts';
import { decodeCharset, decodeTransfer } from './decode.ts';
import { headerValue, type MimeHeader, parseParameters, splitHeaders } from './headers.ts';

/** A mail as its recipient's program reads it. */
export interface MimeMessage {
  readonly headers: readonly MimeHeader[];
  readonly text: string | null;
  readonly html: string | null;
  readonly attachments: readonly Attachment[];
}

export interface Attachment {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: number;
}

/** SES takes 500 parts. https://docs.aws.amazon.com/ses/latest/dg/quotas.html */
const MAX_PARTS = 500;
const MAX_DEPTH = 10;

interface Gathered {
  text: string | null;
  html: string | null;
  readonly attachments: Attachment[];
  parts: number;
}

/** Throws `BadRequestException` for more or deeper parts than SES takes, and for a multipart body without a boundary. */
export function parseMessage(bytes: Buffer): MimeMessage {
  const gathered: Gathered = { text: null, html: null, attachments: [], parts: 0 };
  const { headers, body } = splitHeaders(bytes);
  gather({ headers, body, depth: 0 }, gathered);
  const { text, html, attachments } = gathered;
  return { headers, text, html, attachments };
}

interface Part {
  readonly headers: readonly MimeHeader[];
  readonly body: Buffer;
  readonly depth: number;
}

function gather({ headers, body, depth }: Part, gathered: Gathered): void {
  gathered.parts += 1;
  if (gathered.parts > MAX_PARTS) throw badRequest(`The message has more than ${MAX_PARTS} MIME parts`);
  if (depth > MAX_DEPTH) throw badRequest(`MIME parts are nested deeper than ${MAX_DEPTH} levels`);
  const type = parseParameters(headerValue(headers, 'content-type'));
  if (type.value.startsWith('multipart/')) {
    const boundary = type.parameters.get('boundary');
    if (!boundary) throw badRequest('A multipart Content-Type has no boundary');
    for (const part of splitParts(body, boundary)) gather({ ...splitHeaders(part), depth: depth + 1 }, gathered);
    return;
  }
  keepLeaf({ headers, type, body }, gathered);
}

interface Leaf {
  readonly headers: readonly MimeHeader[];
  readonly type: ReturnType<typeof parseParameters>;
  readonly body: Buffer;
}

/** The first text and the first HTML are the mail; all else is attached. */
function keepLeaf({ headers, type, body }: Leaf, gathered: Gathered): void {
  const content = decodeTransfer(body, headerValue(headers, 'content-transfer-encoding'));
  const disposition = parseParameters(headerValue(headers, 'content-disposition'));
  const contentType = type.value || 'text/plain';
  const isAttached = disposition.value === 'attachment';
  const charset = type.parameters.get('charset') ?? 'utf-8';
  if (contentType === 'text/plain' && gathered.text === null && !isAttached) {
    gathered.text = decodeCharset(content, charset);
  } else if (contentType === 'text/html' && gathered.html === null && !isAttached) {
    gathered.html = decodeCharset(content, charset);
  } else {
    const name = disposition.parameters.get('filename') ?? type.parameters.get('name') ?? 'unnamed';
    gathered.attachments.push({ name, contentType, bytes: content.length });
  }
}

/** What stands between lines of `--boundary`, without preamble and epilogue. */
function splitParts(body: Buffer, boundary: string): Buffer[] {
  const marker = Buffer.from(`--${boundary}`);
  const parts: Buffer[] = [];
  let start = -1;
  for (let at = body.indexOf(marker); at >= 0; at = body.indexOf(marker, at + marker.length)) {
    if (at > 0 && body[at - 1] !== NEWLINE) continue;
    if (start >= 0) parts.push(body.subarray(start, beforeLineBreak(body, at)));
    const after = at + marker.length;
    if (body.subarray(after, after + 2).toString() === '--') return parts;
    const lineEnd = body.indexOf(NEWLINE, after);
    if (lineEnd < 0) return parts;
    start = lineEnd + 1;
  }
  if (start >= 0) parts.push(body.subarray(start));
  return parts;
}

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** The line break before a boundary belongs to the boundary. */
function beforeLineBreak(body: Buffer, at: number): number {
  return body[at - 2] === CARRIAGE_RETURN ? at - 2 : at - 1;
}

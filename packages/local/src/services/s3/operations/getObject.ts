import type { StreamedReply } from '../../../aws/streamedService.ts';
import { attributeHeaders } from '../attributes.ts';
import { invalidArgument, s3Error } from '../errors.ts';
import { isNotModified } from '../preconditions.ts';
import { type ByteRange, readRange } from '../range.ts';
import type { StoredObject } from '../storage/model.ts';
import { emptyReply, type ObjectCall, quoted, type Tools, versionHeaders } from './call.ts';
import { findObject } from './findObject.ts';
import { checksumHeaders } from './putObject.ts';

export async function getObject(call: ObjectCall, tools: Tools): Promise<StreamedReply> {
  const answer = await describe(call, tools);
  if (answer.status === 304) return emptyReply(304, answer.headers);
  const { object, range, status, headers } = answer;
  if (range.end < range.start) return { statusCode: status, headers, body: '' };
  return { statusCode: status, headers, body: await tools.blobs.read(object.segments, range) };
}

export async function headObject(call: ObjectCall, tools: Tools): Promise<StreamedReply> {
  const { status, headers } = await describe(call, tools);
  return emptyReply(status, headers);
}

interface Description {
  readonly object: StoredObject;
  readonly status: 200 | 206 | 304;
  readonly headers: Record<string, string>;
  /** Empty (its end before its start) for an object without bytes. */
  readonly range: ByteRange;
}

async function describe(call: ObjectCall, tools: Tools): Promise<Description> {
  const { headers, query, bucket } = call;
  const overrides = overridden(call);
  const object = await findObject(call, tools, query.get('versionId'));
  const isKnown = isNotModified(headers, object);
  const part = readPart(query.get('partNumber'), object);
  const partial = part ?? (isKnown ? null : readRange(headers.get('range'), object.size));
  const range = partial ?? { start: 0, end: object.size - 1 };
  const facts = {
    etag: quoted(object.etag),
    'last-modified': new Date(object.modified).toUTCString(),
    'accept-ranges': 'bytes',
    ...versionHeaders(bucket, object.versionId),
  };
  if (isKnown) return { object, status: 304, headers: facts, range };
  return {
    object,
    status: partial ? 206 : 200,
    range,
    headers: {
      ...attributeHeaders(object.attributes),
      ...overrides,
      ...facts,
      'content-length': String(range.end - range.start + 1),
      ...(partial ? { 'content-range': `bytes ${range.start}-${range.end}/${object.size}` } : {}),
      ...(part && object.attributes.parts !== null ? { 'x-amz-mp-parts-count': String(object.attributes.parts) } : {}),
      // A checksum of the whole says nothing about a part.
      ...(headers.get('x-amz-checksum-mode') === 'ENABLED' && !partial
        ? checksumHeaders(object.attributes.checksum)
        : {}),
    },
  };
}

/** `response-content-type` and the like. */
function overridden({ query, caller }: ObjectCall): Record<string, string> {
  const entries = [...query]
    .filter(([name]) => OVERRIDES.has(name))
    .map(([name, value]) => [name.slice('response-'.length), value] as const);
  if (entries.length > 0 && caller.authType === null) {
    throw s3Error('InvalidRequest', 'Request specific response headers cannot be used for anonymous GET requests.');
  }
  for (const [name, value] of entries) {
    // A line break would begin a header of the client's own.
    if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value))
      throw invalidArgument(`response-${name}`, value, 'Invalid header value');
  }
  return Object.fromEntries(entries);
}

const OVERRIDES: ReadonlySet<string> = new Set([
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
]);

/** The bytes of one part of an object that was sent in parts; of another object part 1 is everything. */
function readPart(text: string | undefined, { attributes, segments, size }: StoredObject): ByteRange | null {
  if (text === undefined) return null;
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (number < 1)
    throw invalidArgument('partNumber', text, 'Part number must be an integer between 1 and 10000, inclusive');
  if (number > (attributes.parts ?? 1)) {
    throw s3Error('InvalidPartNumber', 'The requested partnumber is not satisfiable', {
      PartNumberRequested: number,
      ActualPartCount: attributes.parts ?? 1,
    });
  }
  if (size === 0) return null;
  if (attributes.parts === null) return { start: 0, end: size - 1 };
  const start = segments.slice(0, number - 1).reduce((sum, segment) => sum + segment.size, 0);
  return { start, end: start + (segments[number - 1]?.size ?? 0) - 1 };
}

import { s3Error } from '../errors.ts';
import { MAX_FORM_FIELDS_BYTES } from '../limits.ts';
import { delimitedReader, type DelimitedReader } from './delimitedReader.ts';

/** A form up to its file, whose content has not arrived yet. */
export interface Form {
  /** Names in lower case; the last of several with one name. */
  readonly fields: ReadonlyMap<string, string>;
  readonly file: FormFile | null;
}

export interface FormFile {
  /** Without folders. */
  readonly filename: string;
  /** Throws `MalformedPOSTRequest` when the form ends before the file does. */
  readonly data: AsyncIterable<Uint8Array>;
}

const MAX_PART_HEADER_BYTES = 4_096;
const LINE_END = Buffer.from('\r\n');
const HEADERS_END = Buffer.from('\r\n\r\n');

/**
 * Reads `multipart/form-data` (RFC 7578) as far as the field `file`. What follows the file is ignored, as by S3.
 *
 * Throws `PreconditionFailed`, `MalformedPOSTRequest`, `MaxPostPreDataLengthExceeded`.
 */
export async function readForm(body: AsyncIterable<Uint8Array>, contentType: string): Promise<Form> {
  const delimiter = Buffer.from(`\r\n--${boundaryOf(contentType)}`);
  const reader = delimitedReader(withLineEnd(body), malformed);
  await reader.until(delimiter, MAX_FORM_FIELDS_BYTES, malformed);
  const fields = new Map<string, string>();
  let bytes = 0;
  while (await hasPart(reader)) {
    const { name, filename } = partHeaders(await reader.until(HEADERS_END, MAX_PART_HEADER_BYTES, malformed));
    if (name === 'file') return { fields, file: { filename, data: reader.streamUntil(delimiter) } };
    const value = await reader.until(delimiter, MAX_FORM_FIELDS_BYTES, preDataTooLong);
    bytes += value.length + Buffer.byteLength(name);
    if (bytes > MAX_FORM_FIELDS_BYTES) throw preDataTooLong();
    fields.set(name, value.toString());
  }
  return { fields, file: null };
}

/** So that the first delimiter looks like the others. */
async function* withLineEnd(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield LINE_END;
  yield* body;
}

/** Behind a delimiter: `--` ends the form, a line end begins a part. */
async function hasPart(reader: DelimitedReader): Promise<boolean> {
  if ((await reader.peek(2)).toString('latin1') === '--') return false;
  const padding = await reader.until(LINE_END, MAX_PART_HEADER_BYTES, malformed);
  if (padding.toString('latin1').trim() !== '') throw malformed();
  return true;
}

function boundaryOf(contentType: string): string {
  const [, quoted, plain] =
    /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]{1,70})"|([^\s";]{1,70}))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary !== undefined) return boundary;
  if (/^multipart\/form-data/i.test(contentType)) throw malformed();
  const message = 'Bucket POST must be of the enclosure-type multipart/form-data';
  throw s3Error('PreconditionFailed', message, {
    Condition: 'Bucket POST must be of the enclosure-type multipart/form-data',
  });
}

function partHeaders(bytes: Buffer): { readonly name: string; readonly filename: string } {
  const disposition = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(bytes.toString())?.[1];
  const parameters = new Map<string, string>();
  for (const [, key = '', value = ''] of (disposition ?? '').matchAll(
    /(?:^|;)\s*(name|filename)="((?:[^"\\]|\\.)*)"/gi,
  )) {
    parameters.set(key.toLowerCase(), unescaped(value));
  }
  const name = parameters.get('name');
  if (name === undefined) throw malformed();
  return { name: name.toLowerCase(), filename: withoutFolders(parameters.get('filename') ?? '') };
}

/** Browsers encode three characters of names, other clients put a backslash before a quote. */
const unescaped = (text: string): string =>
  text
    .replace(/\\(["\\])/g, '$1')
    .replace(/%(0A|0D|22)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

const withoutFolders = (filename: string): string =>
  filename.slice(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1);

const malformed = () =>
  s3Error('MalformedPOSTRequest', 'The body of your POST request is not well-formed multipart/form-data.');

const preDataTooLong = () =>
  s3Error('MaxPostPreDataLengthExceeded', 'Your POST request fields preceding the upload file were too large.');

/** `util.http` (AppSync guide, "HTTP helpers in util.http"). */
import { appendEntry } from './context.ts';
import { errorEntry, extensionsOfRun } from './evaluation.ts';
import { isObject } from './typedValues.ts';

const { entries, values } = Object;
const { stringify } = JSON;
const text = String;

/** Never forwarded to an HTTP data source. */
const HOP_BY_HOP =
  'transfer-encoding connection host expect keep-alive upgrade proxy-authenticate proxy-authorization te content-length'.split(
    ' ',
  );

/** Response headers that AppSync keeps for itself, besides the ones above. */
const RESERVED = (
  'access-control-allow-credentials access-control-allow-origin access-control-allow-methods ' +
  'access-control-allow-headers access-control-expose-headers access-control-max-age vary content-type'
).split(' ');
const RESERVED_PREFIXES = ['x-amzn-', 'x-amz-'];

const MAX_HEADER_BYTES = 4_096;

function copyHeaders(headers: unknown): Record<string, unknown> {
  const copied: Record<string, unknown> = {};
  if (!isObject(headers)) return copied;
  for (const [name, value] of entries(headers)) {
    if (!HOP_BY_HOP.includes(name.toLowerCase())) copied[name] = value;
  }
  return copied;
}

function addResponseHeader(name: unknown, value: unknown): void {
  const { responseHeaders } = extensionsOfRun();
  const refusal = headerRefusal(name, value);
  if (refusal !== undefined) {
    appendEntry(errorEntry(refusal, 'ResponseHeaderError', null, null));
    return;
  }
  const header = text(name).toLowerCase();
  const size = header.length + asText(value).length;
  if (totalSize(responseHeaders, header) + size > MAX_HEADER_BYTES) {
    const message = `The response header ${header} exceeds the limit of ${MAX_HEADER_BYTES} bytes for all headers.`;
    appendEntry(errorEntry(message, 'ResponseHeaderError', null, null));
    return;
  }
  responseHeaders[header] = asText(value);
}

function headerRefusal(name: unknown, value: unknown): string | undefined {
  if (typeof name !== 'string' || name.trim() === '') return 'The name of a response header must not be empty.';
  if (value === null || value === undefined) return `The value of the response header ${name} must not be null.`;
  const header = name.toLowerCase();
  let reserved = HOP_BY_HOP.includes(header) || RESERVED.includes(header);
  for (const prefix of RESERVED_PREFIXES) reserved ||= header.startsWith(prefix);
  if (reserved) return `The response header ${name} is reserved.`;
  // A line break would start another header.
  for (const part of [name, asText(value)]) {
    for (const character of part) {
      if (character < ' ' || character > '~') return `The response header ${name} has characters that are not allowed.`;
    }
  }
  return undefined;
}

function totalSize(headers: Record<string, string>, without: string): number {
  let size = 0;
  for (const [name, value] of entries(headers)) if (name !== without) size += name.length + value.length;
  return size;
}

function asText(value: unknown): string {
  return typeof value === 'object' ? stringify(value) : text(value);
}

export const http = {
  copyHeaders,
  addResponseHeader,
  addResponseHeaders(headers: unknown): void {
    if (!isObject(headers)) {
      addResponseHeader('', values([headers]));
      return;
    }
    for (const [name, value] of entries(headers)) addResponseHeader(name, value);
  },
};

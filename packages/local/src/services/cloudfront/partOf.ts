import type { EdgeRequest, EdgeResponse } from './model.ts';

/**
 * The part of a whole answer that a `Range` asks for: 206, 416 for what lies behind its end, else the whole, as for several
 * ranges. `If-Range` with another version than this one asks for the whole, too.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RangeGETs.html
 */
export function partOf(response: EdgeResponse, { method, headers: asked }: EdgeRequest): EdgeResponse {
  const { status, headers, body } = response;
  const { range, 'if-range': version } = asked;
  if (range === undefined || status !== 200 || method !== 'GET' || headers['accept-ranges'] !== 'bytes')
    return response;
  if (version !== undefined && version !== headers['etag'] && version !== headers['last-modified']) return response;
  const wanted = wantedBytes(range, body.length);
  if (wanted === null) return response;
  const [start, end] = wanted;
  if (start >= body.length || end < start) {
    const unsatisfied = { ...withoutContent(headers), 'content-range': `bytes */${body.length}` };
    return { status: 416, headers: unsatisfied, body: Buffer.alloc(0) };
  }
  const part = body.subarray(start, end + 1);
  return {
    status: 206,
    headers: {
      ...headers,
      'content-range': `bytes ${start}-${end}/${body.length}`,
      'content-length': String(part.length),
    },
    body: part,
  };
}

/** Headers of an answer that has no content to be of a type and of a length. */
export function withoutContent(headers: EdgeResponse['headers']): Record<string, string> {
  const ofContent = new Set(['content-type', 'content-length']);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofContent.has(name)));
}

/** First and last byte; null: the header says nothing that is heard. */
function wantedBytes(range: string, size: number): readonly [number, number] | null {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(range.trim()) ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return null;
  // The last so many bytes.
  if (first === '') return [Math.max(0, size - Number(last)), last === '0' ? -1 : size - 1];
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return last !== '' && Number(last) < Number(first) ? null : [Number(first), end];
}

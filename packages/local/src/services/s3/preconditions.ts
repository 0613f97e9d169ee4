import { noSuchKey, notImplemented, preconditionFailed } from './errors.ts';
import type { StoredObject } from './storage/model.ts';

type HeaderValues = ReadonlyMap<string, string>;
type Facts = Pick<StoredObject, 'etag' | 'modified'>;

/**
 * Whether the reader has the object already (304). Throws `PreconditionFailed`. An ETag that is named counts more than a
 * date. https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-reads.html
 */
export function isNotModified(headers: HeaderValues, object: Facts, prefix = ''): boolean {
  const [match, noneMatch] = [headers.get(`${prefix}if-match`), headers.get(`${prefix}if-none-match`)];
  const unmodified = dateIn(headers.get(`${prefix}if-unmodified-since`));
  const modified = dateIn(headers.get(`${prefix}if-modified-since`));
  if (match !== undefined && !names(match, object.etag)) throw preconditionFailed('If-Match');
  if (match === undefined && unmodified !== null && seconds(object.modified) > unmodified) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  if (noneMatch !== undefined) return names(noneMatch, object.etag);
  return modified !== null && seconds(object.modified) <= modified;
}

/** What a write asks of what is there before it. */
export type WriteCondition = (current: StoredObject | null) => void;

/**
 * Of `If-None-Match: *` and `If-Match`, to be asked once more when the object is committed.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function writeCondition(headers: HeaderValues, key: string): WriteCondition {
  const [match, noneMatch] = [headers.get('if-match'), headers.get('if-none-match')];
  if (noneMatch !== undefined && noneMatch.trim() !== '*')
    throw notImplemented('If-None-Match with anything but * in a write');
  return (current) => {
    const existing = current?.isMarker ? null : current;
    if (noneMatch !== undefined && existing) throw preconditionFailed('If-None-Match');
    if (match === undefined) return;
    if (!existing) throw noSuchKey(key);
    if (!names(match, existing.etag)) throw preconditionFailed('If-Match');
  };
}

/** Whether a list of ETags (`"a", W/"b"`, `*`, and quotes left out) has that one. */
function names(list: string, etag: string): boolean {
  return list.split(',').some((one) => {
    const text = one
      .trim()
      .replace(/^W\//, '')
      .replace(/^"(.*)"$/, '$1');
    return text === '*' || text === etag;
  });
}

function dateIn(text: string | undefined): number | null {
  const date = Date.parse(text ?? '');
  return Number.isNaN(date) ? null : seconds(date);
}

/** HTTP dates have no fractions. */
const seconds = (epochMilliseconds: number): number => Math.floor(epochMilliseconds / 1000);

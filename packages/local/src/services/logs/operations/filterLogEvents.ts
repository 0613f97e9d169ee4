import type { Operation } from '../context.ts';
import { invalidParameter } from '../errors.ts';
import { groupName, optionalText, refuse, texts, whole } from '../input.ts';
import { compilePattern } from '../pattern/index.ts';
import { inOrder, isAfter, MAX_LIMIT, pageOf, placeOf, tokenOf } from './pages.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
export const filterLogEvents: Operation = (input, { find, now }) => {
  refuse(input, ['unmask']);
  const group = find(groupName(input));
  const from = whole(input, 'startTime', { fallback: 0 });
  const to = whole(input, 'endTime', { fallback: Number.POSITIVE_INFINITY });
  const limit = whole(input, 'limit', { from: 1, to: MAX_LIMIT, fallback: MAX_LIMIT });
  const isWanted = streamFilter(texts(input, 'logStreamNames'), optionalText(input, 'logStreamNamePrefix'));
  const matches = compilePattern(input['filterPattern'] === '' ? '' : (optionalText(input, 'filterPattern') ?? ''));
  const token = optionalText(input, 'nextToken');
  const after = token === undefined ? null : placeOf(token);
  const found = inOrder(group.events(now())).filter(
    (event) =>
      event.timestamp >= from &&
      event.timestamp <= to &&
      (after === null || isAfter(event, after)) &&
      isWanted(event.stream) &&
      matches(event.message),
  );
  const page = pageOf(found, limit);
  const last = page.at(-1);
  return {
    events: page.map(({ stream, timestamp, message, number }) => ({
      logStreamName: stream,
      timestamp,
      message,
      ingestionTime: timestamp,
      eventId: `${timestamp}${String(number).padStart(40, '0')}`,
    })),
    searchedLogStreams: [],
    ...(last && found.length > page.length && { nextToken: tokenOf(last) }),
  };
};

function streamFilter(names: readonly string[] | undefined, prefix: string | undefined): (stream: string) => boolean {
  if (names !== undefined && prefix !== undefined) {
    throw invalidParameter('Give logStreamNames or logStreamNamePrefix, not both');
  }
  if (names !== undefined) return (stream) => names.includes(stream);
  return (stream) => stream.startsWith(prefix ?? '');
}

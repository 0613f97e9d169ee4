import type { Operation } from '../context.ts';
import { AwsError } from '../../../aws/error.ts';
import { groupName, optionalText, refuse, text, whole } from '../input.ts';
import { inOrder, isAfter, MAX_LIMIT, pageOf, placeOf, tokenOf } from './pages.ts';

/** Forwards only. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html */
export const getLogEvents: Operation = (input, { find, now }) => {
  refuse(input, ['unmask']);
  const stream = text(input, 'logStreamName');
  const events = inOrder(find(groupName(input)).events(now())).filter((event) => event.stream === stream);
  if (events.length === 0) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
  const from = whole(input, 'startTime', { fallback: 0 });
  const to = whole(input, 'endTime', { fallback: Number.POSITIVE_INFINITY });
  const limit = whole(input, 'limit', { from: 1, to: MAX_LIMIT, fallback: MAX_LIMIT });
  const token = optionalText(input, 'nextToken');
  const within = events.filter(({ timestamp }) => timestamp >= from && timestamp < to);
  const page = pageFrom(within, { token, limit, fromHead: input['startFromHead'] === true });
  const [first, last] = [page[0], page.at(-1)];
  const here = token ?? 'none';
  return {
    events: page.map(({ timestamp, message }) => ({ timestamp, message, ingestionTime: timestamp })),
    nextForwardToken: last ? `f/${tokenOf(last)}` : here,
    nextBackwardToken: first ? `b/${tokenOf(first)}` : here,
  };
};

interface PageRequest {
  readonly token: string | undefined;
  readonly limit: number;
  readonly fromHead: boolean;
}

function pageFrom(events: ReturnType<typeof inOrder>, { token, limit, fromHead }: PageRequest) {
  if (token === undefined || token === 'none') return fromHead ? pageOf(events, limit) : events.slice(-limit);
  const place = placeOf(token.slice(2));
  if (token.startsWith('f/'))
    return pageOf(
      events.filter((event) => isAfter(event, place)),
      limit,
    );
  return events.filter((event) => !isAfter(event, place) && event.number !== place.number).slice(-limit);
}

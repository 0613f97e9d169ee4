import type { Operation } from '../context.ts';
import { groupName, optionalText, refuse, whole } from '../input.ts';

const MAX_RESULTS = 50;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
export const describeLogGroups: Operation = (input, { groups }) => {
  refuse(input, ['accountIdentifiers', 'includeLinkedAccounts', 'logGroupClass', 'logGroupIdentifiers']);
  const prefix = optionalText(input, 'logGroupNamePrefix') ?? '';
  const part = optionalText(input, 'logGroupNamePattern')?.toLowerCase() ?? '';
  const limit = whole(input, 'limit', { from: 1, to: MAX_RESULTS, fallback: MAX_RESULTS });
  const after = optionalText(input, 'nextToken') ?? '';
  const found = groups()
    .filter(({ name }) => name > after && name.startsWith(prefix) && name.toLowerCase().includes(part))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const page = found.slice(0, limit);
  return {
    logGroups: page.map(({ name, arn, createdAt, retentionDays, storedBytes }) => ({
      logGroupName: name,
      creationTime: createdAt,
      ...(retentionDays !== null && { retentionInDays: retentionDays }),
      metricFilterCount: 0,
      arn: `${arn}:*`,
      logGroupArn: arn,
      storedBytes,
      logGroupClass: 'STANDARD',
    })),
    ...(found.length > page.length && { nextToken: page.at(-1)?.name ?? '' }),
  };
};

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html */
export const describeLogStreams: Operation = (input, { find, now }) => {
  refuse(input, ['orderBy', 'descending', 'nextToken', 'limit']);
  const prefix = optionalText(input, 'logStreamNamePrefix') ?? '';
  const group = find(groupName(input));
  const byStream = Map.groupBy(group.events(now()), ({ stream }) => stream);
  return {
    logStreams: [...byStream.keys()]
      .filter((name) => name.startsWith(prefix))
      .sort()
      .map((name) => {
        const times = byStream.get(name)?.map(({ timestamp }) => timestamp) ?? [];
        const [first, last] = times.reduce(([low, high], time) => [Math.min(low, time), Math.max(high, time)], [
          Number.POSITIVE_INFINITY,
          0,
        ] as readonly [number, number]);
        return {
          logStreamName: name,
          creationTime: first,
          firstEventTimestamp: first,
          lastEventTimestamp: last,
          lastIngestionTime: last,
          arn: `${group.arn}:log-stream:${name}`,
          storedBytes: 0,
        };
      }),
  };
};

import { forEach } from '../shared/concurrency.ts';
import { readEach, streamHandler } from '../shared/streamHandler.ts';
import { countOnce } from './countOnce.ts';
import { deltasOf, type Delta } from './deltas.ts';

/** Counts likes, comments, posts and followers from the streams of edges, comments and posts, each change exactly once. */
export const handler = streamHandler('counters', async (changes, report) => {
  const deltas = readEach(changes, report, deltasOf);
  const bySubject = Map.groupBy(deltas, ({ subject }) => JSON.stringify(subject.key));
  await forEach(bySubject.values(), async (group) => {
    const [{ subject }] = group as [Delta];
    try {
      const result = await countOnce(subject, group);
      if (result === 'missing') for (const { change } of group) report.skip(change, 'the user has no profile');
      report.count(result);
    } catch (error) {
      report.fail(
        group.map(({ change }) => change),
        error,
      );
    }
  });
});

import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { isFrequency, listOf, readerKey, shardOf, type Frequency } from '../shared/digestReaders.ts';
import { dynamodb } from '../shared/dynamodb.ts';
import { required } from '../shared/environment.ts';
import { mailMessages } from '../shared/mailMessages.ts';
import { traceOf, type Change, type Image } from '../shared/records.ts';
import { sendMessages } from '../shared/sendMessages.ts';
import { readEach, streamHandler, type Report } from '../shared/streamHandler.ts';

/** Has those welcomed by mail who have made a profile, and lists those who want digests. */
export const handler = streamHandler('profiles', async (changes, report) => {
  const profiles = readEach(changes, report, profileChange);
  // Each has a trace of its own, which a message has one of.
  const welcomes = profiles
    .filter(({ change }) => change.before === null)
    .flatMap(({ userId, change }) =>
      mailMessages({ kind: 'welcome', occasion: 'welcome' }, [{ userId, data: {} }], traceOf(change)),
    );
  await sendMessages(required('MAIL_QUEUE_URL'), welcomes);
  report.count('welcomes', welcomes.length);
  await keepLists(profiles, report);
});

interface ProfileChange {
  readonly userId: string;
  readonly change: Change;
}

/** The first claim of a handle makes the profile. Claims are items of the same table. */
function profileChange(change: Change): readonly ProfileChange[] {
  const { after } = change;
  return after?.handle === undefined ? [] : [{ userId: String(after.userId), change }];
}

/** One after the other: of two changes of one profile the later one must win. */
async function keepLists(profiles: readonly ProfileChange[], report: Report): Promise<void> {
  for (const { userId, change } of profiles) {
    const wanted = wantedBy(change.after);
    if (wanted === wantedBy(change.before)) continue;
    try {
      await keep(userId, wanted);
      report.count(wanted ? 'wants digests' : 'wants none');
    } catch (error) {
      report.fail([change], error);
    }
  }
}

function wantedBy(profile: Image | null): Frequency | null {
  return profile?.status !== 'DELETED' && isFrequency(profile?.digest) ? profile.digest : null;
}

async function keep(userId: string, frequency: Frequency | null): Promise<void> {
  const TableName = required('OPS_TABLE');
  const key = readerKey(userId);
  if (frequency === null) {
    await dynamodb.send(new DeleteCommand({ TableName, Key: key }));
    return;
  }
  const Item = { ...key, status: listOf(frequency, shardOf(userId)), createdAt: userId };
  await dynamodb.send(new PutCommand({ TableName, Item }));
}

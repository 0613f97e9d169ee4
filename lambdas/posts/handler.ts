import { postTransitions } from '../shared/postLife.ts';
import { readEach, streamHandler } from '../shared/streamHandler.ts';
import { eraseFromArchive } from './archived.ts';
import { keepDigests } from './digests.ts';
import { askForFanOut } from './fanOut.ts';
import { removePhotos } from './photos.ts';
import { keepTags } from './tags.ts';

/**
 * Does what follows from posts that appear or go. Each effect bears a repetition: a record of which one failed is
 * delivered again to all of them.
 */
export const handler = streamHandler('posts', async (changes, report) => {
  const transitions = readEach(changes, report, postTransitions);
  // One after the other: transactions that check the same post at once cancel each other.
  await keepTags(transitions, report);
  await keepDigests(transitions, report);
  await removePhotos(transitions, report);
  await eraseFromArchive(changes, report);
  // Last, so that whoever follows while a post is brought to the followers finds it in the digest.
  await askForFanOut(transitions, report);
});

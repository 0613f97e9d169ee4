import type { Plan, Step, Task } from '../plan.ts';
import { eraseArchive, eraseUnderArchive, hideArchive } from './archive.ts';
import { eraseReporter, eraseSubject } from './cases.ts';
import { eraseComments, hideComments } from './comments.ts';
import { eraseEdges } from './edges.ts';
import { eraseFollowers } from './edgesToward.ts';
import { erase, type Eraser } from './eraser.ts';
import { eraseExports, eraseJobs } from './jobs.ts';
import { eraseMail } from './mail.ts';
import { deleteMember, signOut } from './member.ts';
import { eraseNotifications } from './notifications.ts';
import { erasePhotos } from './photos.ts';
import { erasePosts, hidePosts } from './posts.ts';
import { profileOf, releaseHandle } from './profile.ts';
import { eraseDigest, eraseMarks, eraseTimeline } from './timeline.ts';
import { eraseUnderPosts } from './underPosts.ts';

/** Each kind of data. Posts come after what lies under them, since only they lead to it. */
const erasers: Readonly<Record<string, Eraser>> = {
  underPosts: eraseUnderPosts,
  posts: erasePosts,
  archive: eraseArchive,
  comments: eraseComments,
  edges: eraseEdges,
  followers: eraseFollowers,
  timeline: eraseTimeline,
  marks: eraseMarks,
  digest: eraseDigest,
  notifications: eraseNotifications,
  photos: erasePhotos,
  reporter: eraseReporter,
  subject: eraseSubject,
  exports: eraseExports,
  jobs: eraseJobs,
  mail: eraseMail,
};

/**
 * After what readers see is gone and before the rest: requests and stream records that were under way when the account was
 * closed come to their ends, and what they wrote is found.
 */
const SETTLING_SECONDS = 300;

/** Rounds of the proof. Something that is found each time is written by somebody, which nobody should. */
const MAX_ROUNDS = 20;

/** Of the archive: each has a file in the warehouse for each day. */
const MONTHS_PER_STEP = 3;

/** Empty pages of one kind. More of them are an index that is late, and another round's. */
const MAX_PAGES = 20;

/** Nothing is left when a round of all erasers finds nothing. What one finds it erases. */
const prove: Task = async (step) => {
  const round = Number(step.position ?? '1');
  const left: string[] = [];
  for (const [name, eraser] of Object.entries(erasers)) {
    if (await findsSomething(eraser, step)) left.push(name);
  }
  if (left.length === 0) return null;
  step.count('left', left.length);
  if (round === MAX_ROUNDS) throw new Error(`there is still something left of ${left.join(', ')}`);
  return String(round + 1);
};

/** Up to the first that it finds, which it erases. */
async function findsSomething(eraser: Eraser, step: Step): Promise<boolean> {
  let position: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { found, next } = await eraser(step, position);
    if (found > 0) return true;
    if (next === null) return false;
    position = next;
  }
  return true;
}

/** Erases a member everywhere. The door is closed first; the handle is given up last, when nothing leads to it any more. */
export const erasePlan: Plan = {
  tasks: [
    ['signOut', signOut],
    ['hidePosts', erase(hidePosts)],
    ['hideComments', erase(hideComments)],
    ['underArchive', erase(eraseUnderArchive)],
    ['hideArchive', erase(hideArchive, MONTHS_PER_STEP)],
    ...Object.entries(erasers).map(
      ([name, eraser]) => [name, erase(eraser, name === 'archive' ? MONTHS_PER_STEP : undefined)] as const,
    ),
    ['member', deleteMember],
    ['prove', prove],
    ['handle', releaseHandle],
  ],
  delays: { underPosts: SETTLING_SECONDS },
  // Only whoever was closed by its member is erased, whatever a message says.
  isMoot: async (userId) => (await profileOf(userId))?.status !== 'DELETED',
  finish: async () => ({}),
};

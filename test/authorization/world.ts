import { randomUUID } from 'node:crypto';
import { settled } from '../support/aws.ts';
import { USER_ERRORS, type UserError } from '../support/graphql.ts';
import { type Member, newMember } from '../support/member.ts';
import {
  block,
  comment,
  deletePost,
  follow,
  globalId,
  like,
  post,
  report,
  storePhoto,
  type Written,
} from '../support/social.ts';
import { guestKeys, memberKeys } from '../support/identityPool.ts';
import type { Callers, Members } from './principals.ts';

/** What the rows of the tables speak of. Everything of the owner's is older than the block. */
export interface World extends Callers {
  /** Whom nobody has anything to do with. */
  readonly bystander: Member;
  /** The author of a comment below the owner's PUBLIC post; has blocked the member of the column `blocked`, too. */
  readonly commenter: Member;
  readonly hashtag: string;
  readonly open: Written;
  readonly followersOnly: Written;
  readonly deleted: Written;
  /** Below the PUBLIC post: the owner's, and the commenter's. */
  readonly comment: Written;
  readonly otherComment: Written;
  readonly commentForFollowers: Written;
  /** READY, and in no post. */
  readonly photo: Written;
  /** In the PUBLIC post. */
  readonly shownPhoto: Written;
  /** The owner's report of the bystander; its last part is the key of the case. */
  readonly report: Written;
  /** Global. */
  readonly exportJob: string;
  /** Of the follower, who has begun to follow. */
  readonly notification: string;
  /** Of the commenter, who likes the post for everybody. */
  readonly likeNotification: string;
}

export async function makeWorld(): Promise<World> {
  const [stranger, follower, blocked, owner, moderator, operator, bystander, commenter] = await Promise.all([
    newMember(),
    newMember(),
    newMember(),
    newMember(),
    newMember({ groups: ['moderators'] }),
    newMember({ groups: ['operators'] }),
    newMember(),
    newMember(),
  ]);
  const members: Members = { stranger, follower, blocked, owner, moderator, operator };
  const hashtag = `m${randomUUID().replaceAll('-', '')}`;
  const ready = { width: 640, height: 480, origin: 'https://media.example.com' };
  const shownPhoto = await storePhoto(owner, ready);
  const [open, followersOnly, deleted, photo, reported] = await Promise.all([
    post(owner, { body: `For everybody #${hashtag}`, photoIds: [shownPhoto.id] }),
    post(owner, { body: `For followers #${hashtag}`, visibility: 'FOLLOWERS' }),
    post(owner),
    storePhoto(owner, ready),
    report(owner, globalId('User', bystander.sub)),
    follow(follower, owner),
    follow(owner, bystander),
  ]);
  const [own, others, hidden] = await Promise.all([
    comment(owner, open),
    comment(commenter, open),
    comment(owner, followersOnly),
    like(owner, open),
    like(owner, followersOnly),
    like(commenter, open),
    deletePost(owner, deleted),
  ]);
  await Promise.all([block(owner, blocked), block(commenter, blocked)]);
  const exportJob = await requestExport(owner);
  const [guest, identified] = await Promise.all([guestKeys(), memberKeys(owner)]);
  await settled();
  return {
    ...{
      members,
      keys: { guest, identified },
      bystander,
      commenter,
      hashtag,
      open,
      followersOnly,
      deleted,
      photo,
      shownPhoto,
      exportJob,
    },
    ...{ comment: own, otherComment: others, commentForFollowers: hidden },
    report: { id: globalId('Report', reported.key), key: reported.key },
    notification: await notificationOf(owner, 'FollowNotification'),
    likeNotification: await notificationOf(owner, 'LikeNotification'),
  };
}

async function requestExport(member: Member): Promise<string> {
  const { data } = await member.send<{
    requestDataExport: { job: { id: string } | null; userErrors: readonly UserError[] };
  }>(`mutation { requestDataExport { job { id } ${USER_ERRORS} } }`);
  const { job, userErrors } = data.requestDataExport;
  if (!job) throw new Error(JSON.stringify(userErrors));
  return job.id;
}

async function notificationOf(member: Member, type: string): Promise<string> {
  const { data } = await member.send<{
    viewer: { notifications: { edges: { node: { id: string; __typename: string } | null }[] } | null };
  }>('{ viewer { notifications { edges { node { id __typename } } } } }');
  const found = data.viewer.notifications?.edges.find(({ node }) => node?.__typename === type)?.node;
  if (!found) throw new Error(`the owner has no ${type}`);
  return found.id;
}

import { randomUUID } from 'node:crypto';
import { graphqlByIam } from '../../support/graphql.ts';
import type { Member } from '../../support/member.ts';
import { storePhoto, userId, type Written } from '../../support/social.ts';
import { isMember, type Principal } from '../principals.ts';
import type { Listening, Subscribe } from '../subscriptionOutcome.ts';
import type { World } from '../world.ts';

const TIME = '"2025-01-31T00:00:00Z"';

const publishComment = (author: Member, { id }: Written, body: string) =>
  graphqlByIam(
    `mutation { publishComment(input: { id: "${randomUUID()}", body: "${body}", createdAt: ${TIME}, authorId: "${userId(author)}", postId: "${id}" }) { id body post { id } } }`,
  );
const publishCounters = ({ id }: Written, likes: number) =>
  graphqlByIam(
    `mutation { publishPostEngagement(input: { postId: "${id}", likes: ${likes}, comments: 0 }) { post { id } stats { likes } } }`,
  );
const publishPhoto = (owner: Member, { id }: Written) =>
  graphqlByIam(
    `mutation { publishPhoto(input: { id: "${id}", ownerId: "${userId(owner)}", status: READY }) { id owner { id } } }`,
  );
const publishNotification = (recipient: Pick<Member, 'sub'>) =>
  graphqlByIam(
    `mutation { publishNotification(input: { id: "n", kind: SYSTEM, body: "Hello", recipientId: "${userId(recipient)}", createdAt: ${TIME}, updatedAt: ${TIME} }) { id recipient { id } } }`,
  );

const has = (text: string) => (data: unknown) => JSON.stringify(data).includes(text);

function comments(owner: Member, post: Written): Listening {
  return {
    document: `subscription { commentAdded(postId: "${post.id}") { id body } }`,
    publish: () => publishComment(owner, post, 'first'),
    publishToAll: () => publishComment(owner, post, 'second'),
    isIt: has('first'),
  };
}

function counters(post: Written): Listening {
  return {
    document: `subscription { postEngagementChanged(postId: "${post.id}") { stats { likes } } }`,
    publish: () => publishCounters(post, 17),
    publishToAll: () => publishCounters(post, 18),
    isIt: has('17'),
  };
}

/** The member behind a column; the owner stands for those who come without a token, whose subscription is refused. */
const asker = ({ members }: World, who: Principal): Member => (isMember(who) ? members[who] : members.owner);

export const subscriptions: Readonly<Record<string, Readonly<Record<string, Subscribe>>>> = {
  'Subscription.commentAdded': {
    'a PUBLIC post': ({ members, open }) => comments(members.owner, open),
    'a FOLLOWERS post': ({ members, followersOnly }) => comments(members.owner, followersOnly),
    'a deleted post': ({ members, deleted }) => comments(members.owner, deleted),
  },
  'Subscription.postEngagementChanged': {
    'a PUBLIC post': ({ open }) => counters(open),
    'a FOLLOWERS post': ({ followersOnly }) => counters(followersOnly),
  },
  'Subscription.notificationReceived': {
    "the owner's": (world, who) => ({
      document: 'subscription { notificationReceived { id recipient { id } } }',
      publish: () => publishNotification(world.members.owner),
      publishToAll: () => publishNotification(asker(world, who)),
      isIt: has(userId(world.members.owner)),
    }),
  },
  'Subscription.photoProcessed': {
    'an upload of the owner': async ({ members: { owner } }) => {
      const photo = await storePhoto(owner, { status: 'PROCESSING' });
      return {
        document: `subscription { photoProcessed(id: "${photo.id}") { id } }`,
        publish: () => publishPhoto(owner, photo),
        publishToAll: () => publishPhoto(owner, photo),
        isIt: has(photo.id),
      };
    },
  },
};

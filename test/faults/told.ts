import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { differs, eachMember, type Seen } from './invariants.ts';
import { livePosts, type Model, pair } from './model.ts';
import { globalId } from './people.ts';

const NOTIFICATIONS = `{ viewer { unreadNotificationCount notifications(first: 50) { edges { node {
  __typename
  ... on LikeNotification { post { id } actorCount }
  ... on CommentNotification { post { id } actorCount }
  ... on FollowNotification { actorCount }
} } } } }`;

interface NotificationPage {
  readonly viewer: {
    readonly unreadNotificationCount: number;
    readonly notifications: {
      readonly edges: readonly {
        readonly node: {
          readonly __typename: string;
          readonly post?: { readonly id: string } | null;
          readonly actorCount: number;
        };
      }[];
    };
  };
}

/**
 * A member is told once of each post that others like or comment on, and of followers, with each person counted once.
 * Whom a block has ever stood between is left out, since it depends on which came first; so is who has left, of whom a
 * notification loses what was not taken back before.
 */
export function notifications(seen: Seen): Promise<string[]> {
  const { system, model } = seen;
  return eachMember(seen, async ({ name, token }) => {
    const { viewer } = await system.ask<NotificationPage>(token, NOTIFICATIONS);
    const nodes = viewer.notifications.edges.map(({ node }) => node);
    const told = nodes.map(({ __typename: type, post, actorCount }) => ({
      about: `${type} ${post?.id ?? ''}`.trim(),
      actorCount,
    }));
    const wanted = wantedNotifications(model, name);
    const doubled = told.filter(
      ({ about }, index) => about.includes(' ') && told.findIndex((one) => one.about === about) !== index,
    );
    return [
      ...differs(`what ${name} is told of twice`, doubled, []),
      ...wanted.flatMap(({ about, sure, possible }) => {
        const count = told.find((one) => one.about === about)?.actorCount ?? 0;
        if (count >= sure && count <= possible) return [];
        return [
          `${about} tells ${name} of ${count} people and must of ${sure === possible ? sure : `${sure} to ${possible}`}`,
        ];
      }),
      ...differs(`the number of unread notifications of ${name}`, viewer.unreadNotificationCount, nodes.length),
    ];
  });
}

interface Wanted {
  readonly about: string;
  /** Of how many people at least, and at most. */
  readonly sure: number;
  readonly possible: number;
}

function wantedNotifications(model: Model, name: string): Wanted[] {
  const wanted = (about: string, actors: Iterable<string>): Wanted => {
    const others = [...actors].filter((actor) => actor !== name);
    return {
      about,
      sure: others.filter((actor) => !model.blocked.has(pair(actor, name)) && !model.left.has(actor)).length,
      possible: others.length,
    };
  };
  const followers = [...model.everFollowed]
    .filter((one) => one.endsWith(`>${name}`))
    .map((one) => one.split('>')[0] ?? '');
  return [
    wanted('FollowNotification', followers),
    ...livePosts(model, name).flatMap(({ key, everLiked, everCommented }) => [
      wanted(`LikeNotification ${globalId('Post', key)}`, everLiked),
      wanted(`CommentNotification ${globalId('Post', key)}`, everCommented),
    ]),
  ];
}

/** Each member is welcomed once at most; a mail that is missing was handed to SES by a worker that was killed (decision 0018). */
export function welcomes(seen: Seen): Promise<string[]> {
  const { system } = seen;
  const killed = system.local.faults.counts().workerKilled;
  return eachMember(seen, async ({ name, address, sub }) => {
    const count = system.local.messages(address).filter(({ subject }) => subject?.startsWith('Welcome')).length;
    const { Item } = await system.dynamodb.send(
      new GetCommand({
        TableName: 'hiroba-dev-ops',
        Key: { operationId: `MAIL#welcome#${sub}` },
        ConsistentRead: true,
      }),
    );
    if (count > 1) return [`${name} was welcomed ${count} times`];
    if (!Item) return [`${name} was not seen to be welcomed`];
    return count === 0 && killed === 0 ? [`the welcome to ${name} was lost`] : [];
  });
}

/**
 * Who wants digests has got one at most for the one morning that came, and nobody else has. One that is missing was lost as a
 * welcome may be.
 */
export async function digestMails(seen: Seen): Promise<string[]> {
  const { system, model } = seen;
  const killed = system.local.faults.counts().workerKilled;
  return eachMember(seen, async ({ name, token, address }) => {
    const count = system.local.messages(address).filter(({ subject }) => subject?.startsWith('New for you')).length;
    if (!model.digests.has(name)) return differs(`the number of digests of ${name}, who wants none,`, count, 0);
    const { viewer } = await system.ask<NotificationPage>(token, NOTIFICATIONS);
    const told = viewer.notifications.edges.some(({ node }) => node.post !== null);
    if (count > 1) return [`${name} got ${count} digests of one morning`];
    return count === 0 && told && killed === 0 ? [`the digest of ${name} was lost`] : [];
  });
}

import { markNotificationsRead, notificationReceived, notifications } from '@hiroba/api/amplify';
import type { NotificationsQuery } from '@hiroba/api/operations';
import Link from 'next/link';
import { useCallback, useEffect, useState } from 'react';
import { accepted, client } from '../src/api/api';
import { Endless } from '../src/layout/Endless';
import { Layout } from '../src/layout/Layout';
import { type Connection, usePages } from '../src/layout/usePages';
import { useLanguage } from '../src/language/useLanguage';
import { When } from '../src/posts/When';
import { useSession } from '../src/session/session';

type Notification = NonNullable<NonNullable<NotificationsQuery['viewer']>['notifications']>['edges'][number]['node'];

const PAGE = 20;

export default function Notifications() {
  const { say } = useLanguage();
  const { session } = useSession();
  const isMember = session.state === 'member';
  /** Each event makes the list another one, which is asked for anew: entries are gathered by day. */
  const [events, setEvents] = useState(0);
  const load = useCallback(
    async (after: string | undefined): Promise<Connection<Notification>> => {
      const { data } = await client.graphql({ query: notifications, variables: { first: PAGE, after } });
      if (after === undefined && (data.viewer?.unreadNotificationCount ?? 0) > 0) {
        const variables = { upTo: new Date().toISOString() };
        accepted((await client.graphql({ query: markNotificationsRead, variables })).data.markNotificationsRead);
      }
      return data.viewer?.notifications ?? { edges: [], pageInfo: { hasNextPage: false } };
    },
    // Not read, and all the same what makes it another list.
    [events],
  );
  const pages = usePages<Notification>(isMember ? load : null);
  useEffect(() => {
    if (!isMember) return;
    const live = client.graphql({ query: notificationReceived }).subscribe({
      next: () => setEvents((count) => count + 1),
      error: () => undefined,
    });
    return () => live.unsubscribe();
  }, [isMember]);
  return (
    <Layout title={say('notifications')}>
      <h1>{say('notifications')}</h1>
      {session.state === 'visitor' ? <p>{say('onlyMembers')}</p> : null}
      {isMember ? (
        <>
          <ul className="notifications" aria-live="polite">
            {pages.nodes.map((notification) => (
              <li key={notification.id} data-unread={notification.readAt ? undefined : ''}>
                <Entry notification={notification} />
                <When time={notification.updatedAt} />
              </li>
            ))}
          </ul>
          <Endless {...pages} />
        </>
      ) : null}
    </Layout>
  );
}

function Entry({ notification }: { readonly notification: Notification }) {
  const { say } = useLanguage();
  switch (notification.__typename) {
    case 'LikeNotification':
      return <About post={notification.post}>{say('liked', { who: useWho(notification) })}</About>;
    case 'CommentNotification':
      return <About post={notification.post}>{say('commented', { who: useWho(notification) })}</About>;
    case 'FollowNotification':
      return <p>{say('followed', { who: useWho(notification) })}</p>;
    default:
      return <p>{say('announcement')}</p>;
  }
}

function About({ post, children }: { readonly post?: { readonly id: string } | null; readonly children: string }) {
  return <p>{post ? <Link href={`/post?id=${encodeURIComponent(post.id)}`}>{children}</Link> : children}</p>;
}

interface Acted {
  readonly actorCount: number;
  readonly actors: readonly { readonly handle: string | null; readonly displayName: string }[] | null;
}

/** The newest one by name, and how many others. */
function useWho({ actors, actorCount }: Acted): string {
  const { say } = useLanguage();
  const [first] = actors ?? [];
  const who = first?.displayName || first?.handle || say('somebody');
  return actorCount > 1 ? say('andOthers', { who, count: actorCount - 1 }) : who;
}

import { blockUser, followUser, profile, unfollowUser } from '@hiroba/api/amplify';
import { useCallback, useEffect, useState } from 'react';
import { accepted, client } from '../src/api/api';
import { publicRead } from '../src/api/publicRead';
import { Endless } from '../src/layout/Endless';
import { Failure } from '../src/layout/Failure';
import { Layout } from '../src/layout/Layout';
import { useAction } from '../src/layout/useAction';
import { type Connection, usePages } from '../src/layout/usePages';
import { useParameter } from '../src/layout/useParameter';
import { useLanguage } from '../src/language/useLanguage';
import { PostCard, type ShownPost } from '../src/posts/PostCard';
import { useSession } from '../src/session/session';

const PAGE = 20;

interface Person {
  readonly id: string;
  readonly handle: string | null;
  readonly displayName: string;
  readonly bio: string;
  readonly stats: { readonly posts: number; readonly followers: number; readonly following: number } | null;
  readonly viewerFollows: boolean;
  readonly viewerBlocks: boolean;
}

export default function PersonPage() {
  const { say } = useLanguage();
  const { session } = useSession();
  const handle = useParameter('handle');
  const [person, setPerson] = useState<Person | 'nobody' | null>(null);
  const isMember = session.state === 'member';
  const isKnown = handle !== undefined && (isMember || session.state === 'visitor');
  useEffect(() => setPerson(null), [handle]);
  const load = useCallback(
    async (after: string | undefined): Promise<Connection<ShownPost>> => {
      const variables = { handle: handle ?? '', first: PAGE, after };
      const { user } = isMember
        ? (await client.graphql({ query: profile, variables })).data
        : await publicRead('PublicProfile', variables);
      if (!user) {
        setPerson('nobody');
        return { edges: [], pageInfo: { hasNextPage: false } };
      }
      const { id, displayName, bio, stats } = user;
      const follows = 'viewerFollows' in user && user.viewerFollows === true;
      const blocks = 'viewerBlocks' in user && user.viewerBlocks === true;
      const shown = { id, handle: user.handle, displayName: displayName ?? '', bio: bio ?? '' };
      setPerson((known) => known ?? { ...shown, stats, viewerFollows: follows, viewerBlocks: blocks });
      const author = { id, handle: user.handle, displayName: shown.displayName };
      return {
        pageInfo: user.posts?.pageInfo ?? { hasNextPage: false },
        edges: (user.posts?.edges ?? []).map(({ node }) => ({ node: { ...node, author } })),
      };
    },
    [handle, isMember],
  );
  const pages = usePages<ShownPost>(isKnown ? load : null);
  const isSelf = isMember && person !== null && person !== 'nobody' && session.viewer.user?.id === person.id;
  return (
    <Layout title={(person !== 'nobody' && (person?.displayName || person?.handle)) || say('profile')}>
      {person === 'nobody' ? <p>{say('notFound')}</p> : null}
      {person && person !== 'nobody' ? (
        <section className="person">
          <h1>
            {person.displayName || person.handle} <span className="quiet">@{person.handle}</span>
          </h1>
          <p className="body">{person.bio}</p>
          {person.stats ? (
            <p className="actions quiet">
              <span>{say('posts', { count: person.stats.posts })}</span>
              <span>{say('followers', { count: person.stats.followers })}</span>
              <span>{say('following', { count: person.stats.following })}</span>
            </p>
          ) : null}
          {isMember && !isSelf ? <Relation person={person} onChange={setPerson} /> : null}
        </section>
      ) : null}
      {pages.nodes.map((post) => (
        <PostCard key={post.id} post={post} canLike={isMember} />
      ))}
      {person === 'nobody' ? null : <Endless {...pages} />}
    </Layout>
  );
}

function Relation({ person, onChange }: { readonly person: Person; readonly onChange: (person: Person) => void }) {
  const { say } = useLanguage();
  const { isBusy, error, run } = useAction();
  const variables = { userId: person.id };
  const toggleFollow = () =>
    run(async () => {
      if (person.viewerFollows) accepted((await client.graphql({ query: unfollowUser, variables })).data.unfollowUser);
      else accepted((await client.graphql({ query: followUser, variables })).data.followUser);
      onChange({ ...person, viewerFollows: !person.viewerFollows });
    });
  const block = () =>
    run(async () => {
      accepted((await client.graphql({ query: blockUser, variables })).data.blockUser);
      onChange({ ...person, viewerBlocks: true, viewerFollows: false });
    });
  if (person.viewerBlocks) return <p role="status">{say('blocked')}</p>;
  return (
    <p className="actions">
      <button type="button" aria-pressed={person.viewerFollows} disabled={isBusy} onClick={() => void toggleFollow()}>
        {say(person.viewerFollows ? 'unfollow' : 'follow')}
      </button>
      <button type="button" className="quiet" disabled={isBusy} onClick={() => void block()}>
        {say('block')}
      </button>
      <Failure error={error} />
    </p>
  );
}

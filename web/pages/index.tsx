import { feed } from '@hiroba/api/amplify';
import Link from 'next/link';
import { useCallback } from 'react';
import { client } from '../src/api/api';
import { publicRead } from '../src/api/publicRead';
import { Endless } from '../src/layout/Endless';
import { Failure } from '../src/layout/Failure';
import { Layout } from '../src/layout/Layout';
import { type Connection, usePages } from '../src/layout/usePages';
import { useLanguage } from '../src/language/useLanguage';
import { HandleForm } from '../src/people/HandleForm';
import { SeededUsers } from '../src/people/SeededUsers';
import { Compose } from '../src/posts/Compose';
import { PostCard, type ShownPost } from '../src/posts/PostCard';
import { useSession } from '../src/session/session';

const PAGE = 20;
const EMPTY: Connection<ShownPost> = { edges: [], pageInfo: { hasNextPage: false } };

export default function Home() {
  const { say } = useLanguage();
  const { session, refresh } = useSession();
  const isMember = session.state === 'member';
  return (
    <Layout title={say(isMember ? 'feed' : 'trending')}>
      <h1>{say(isMember ? 'feed' : 'trending')}</h1>
      {session.state === 'failed' ? <Failure error={session.error} retry={() => void refresh()} /> : null}
      {session.state === 'visitor' ? <Visitor /> : null}
      {isMember && session.viewer.user ? <Feed /> : null}
      {isMember && !session.viewer.user ? <HandleForm /> : null}
    </Layout>
  );
}

function Feed() {
  const load = useCallback(async (after: string | undefined): Promise<Connection<ShownPost>> => {
    const { data } = await client.graphql({ query: feed, variables: { first: PAGE, after } });
    return data.viewer?.feed ?? EMPTY;
  }, []);
  const pages = usePages<ShownPost>(load);
  return (
    <>
      <Compose onPosted={pages.prepend} />
      <Posts pages={pages} canLike />
    </>
  );
}

function Visitor() {
  const { say } = useLanguage();
  const load = useCallback(async (after: string | undefined): Promise<Connection<ShownPost>> => {
    const { trending } = await publicRead('Trending', { first: PAGE, after });
    return trending ?? EMPTY;
  }, []);
  const pages = usePages<ShownPost>(load);
  return (
    <>
      <p>{say('welcome')}</p>
      <p className="actions">
        <Link className="button" href="/signin">
          {say('signIn')}
        </Link>
        <Link href="/signup">{say('signUp')}</Link>
      </p>
      <SeededUsers />
      <Posts pages={pages} canLike={false} />
    </>
  );
}

function Posts({
  pages,
  canLike,
}: {
  readonly pages: ReturnType<typeof usePages<ShownPost>>;
  readonly canLike: boolean;
}) {
  return (
    <>
      {pages.nodes.map((post) => (
        <PostCard key={post.id} post={post} canLike={canLike} />
      ))}
      <Endless {...pages} />
    </>
  );
}

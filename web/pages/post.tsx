import { post as postOperation } from '@hiroba/api/amplify';
import { useCallback, useEffect, useState } from 'react';
import { client } from '../src/api/api';
import { publicRead } from '../src/api/publicRead';
import { Failure } from '../src/layout/Failure';
import { Layout } from '../src/layout/Layout';
import { useParameter } from '../src/layout/useParameter';
import { useLanguage } from '../src/language/useLanguage';
import { Comments, type ShownComment, WriteComment } from '../src/posts/Comments';
import { PostCard, type ShownPost } from '../src/posts/PostCard';
import { useLivePost } from '../src/posts/useLivePost';
import { useSession } from '../src/session/session';

const COMMENTS = 50;

interface Loaded {
  readonly post: ShownPost;
  readonly comments: readonly ShownComment[];
}

export default function Post() {
  const { say } = useLanguage();
  const { session } = useSession();
  const id = useParameter('id');
  const [loaded, setLoaded] = useState<Loaded | 'gone' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const isMember = session.state === 'member';
  const isKnown = isMember || session.state === 'visitor';
  const refresh = useCallback(async () => {
    if (id === undefined || !isKnown) return;
    setError(null);
    try {
      const variables = { id, comments: COMMENTS };
      const { post } = isMember
        ? (await client.graphql({ query: postOperation, variables })).data
        : await publicRead('PublicPost', variables);
      setLoaded(post ? { post, comments: oldestFirst(post.comments?.edges.map(({ node }) => node) ?? []) } : 'gone');
    } catch (caught) {
      setError(caught);
    }
  }, [id, isKnown, isMember]);
  useEffect(() => void refresh(), [refresh]);

  const add = (comment: ShownComment) =>
    setLoaded((known) => {
      if (known === null || known === 'gone' || known.comments.some((each) => each.id === comment.id)) return known;
      return { ...known, comments: oldestFirst([...known.comments, comment]) };
    });
  const isLive = useLivePost(isMember ? id : undefined, {
    onComment: add,
    onEngagement: (stats) =>
      setLoaded((known) => (known === null || known === 'gone' ? known : { ...known, post: { ...known.post, stats } })),
    onGap: () => void refresh(),
  });

  const title = loaded && loaded !== 'gone' ? loaded.post.body.slice(0, 40) : say('comments');
  return (
    <Layout title={title}>
      <h1 className="visually-hidden">{title}</h1>
      <Failure error={error} retry={() => void refresh()} />
      {loaded === null && !error ? <p role="status">{say('loading')}</p> : null}
      {loaded === 'gone' ? <p>{say('postGone')}</p> : null}
      {loaded !== null && loaded !== 'gone' ? (
        <>
          <PostCard key={String(loaded.post.viewerHasLiked)} post={loaded.post} canLike={isMember} />
          <h2>{say('comments')}</h2>
          <Comments comments={loaded.comments} />
          {isMember ? (
            <>
              <p className="quiet" role="status">
                {isLive ? say('live') : ''}
              </p>
              <WriteComment postId={loaded.post.id} onWritten={add} />
            </>
          ) : null}
        </>
      ) : null}
    </Layout>
  );
}

const oldestFirst = (comments: readonly ShownComment[]): readonly ShownComment[] =>
  [...comments].sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));

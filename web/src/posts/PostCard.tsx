import { likePost, unlikePost } from '@hiroba/api/amplify';
import type { FeedQuery } from '@hiroba/api/operations';
import Link from 'next/link';
import { useState } from 'react';
import { accepted, client } from '../api/api';
import { Failure } from '../layout/Failure';
import { useAction } from '../layout/useAction';
import { useLanguage } from '../language/useLanguage';
import { PersonLink } from '../people/PersonLink';
import { Photos } from './Photos';
import { When } from './When';

type FeedPost = NonNullable<NonNullable<FeedQuery['viewer']>['feed']>['edges'][number]['node'];

/** A post as lists and its own page show it: not every list asks for all of it. */
export type ShownPost = Pick<FeedPost, 'id' | 'body' | 'createdAt' | 'author' | 'stats'> &
  Partial<Pick<FeedPost, 'photos' | 'viewerHasLiked'>>;

export function PostCard({ post, canLike }: { readonly post: ShownPost; readonly canLike: boolean }) {
  const { say } = useLanguage();
  const { id, body, createdAt, author, photos = [], stats } = post;
  const count = stats?.comments ?? 0;
  return (
    <article className="post">
      <p className="byline">
        <PersonLink person={author} />
        <When time={createdAt} />
      </p>
      <p className="body">{body}</p>
      <Photos photos={photos ?? []} />
      <p className="actions">
        <Like post={post} canLike={canLike} />
        <Link href={`/post?id=${encodeURIComponent(id)}`}>
          {say(count === 1 ? 'commentCountOne' : 'commentCount', { count })}
        </Link>
      </p>
    </article>
  );
}

/** The counter follows seconds later; until then the viewer's own like is added here. */
function Like({ post, canLike }: { readonly post: ShownPost; readonly canLike: boolean }) {
  const { say } = useLanguage();
  const { isBusy, error, run } = useAction();
  const [changed, setChanged] = useState<boolean | null>(null);
  const before = post.viewerHasLiked ?? false;
  const hasLiked = changed ?? before;
  const likes = (post.stats?.likes ?? 0) + (Number(hasLiked) - Number(before));
  const label = say(likes === 1 ? 'likesOne' : 'likes', { count: likes });
  if (!canLike) return <span>{label}</span>;
  const toggle = () =>
    run(async () => {
      const variables = { postId: post.id };
      if (hasLiked) {
        const { data } = await client.graphql({ query: unlikePost, variables });
        accepted(data.unlikePost);
      } else {
        const { data } = await client.graphql({ query: likePost, variables });
        accepted(data.likePost);
      }
      setChanged(!hasLiked);
    });
  return (
    <>
      <button
        type="button"
        className="like"
        aria-pressed={hasLiked}
        aria-label={`${say(hasLiked ? 'unlike' : 'like')}, ${label}`}
        disabled={isBusy}
        onClick={() => void toggle()}
      >
        <span aria-hidden="true">{hasLiked ? '♥' : '♡'}</span> {label}
      </button>
      <Failure error={error} />
    </>
  );
}

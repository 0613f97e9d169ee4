import { createPost } from '@hiroba/api/amplify';
import { useRef, useState } from 'react';
import { accepted, client } from '../api/api';
import { ulid } from '../api/ulid';
import { Failure } from '../layout/Failure';
import { useAction } from '../layout/useAction';
import { useLanguage } from '../language/useLanguage';
import type { ShownPost } from './PostCard';

/** Writes a post. The same key goes with every attempt, so that a post whose answer was lost is not written twice. */
export function Compose({ onPosted }: { readonly onPosted: (post: ShownPost) => void }) {
  const { say } = useLanguage();
  const { isBusy, error, run } = useAction();
  const [body, setBody] = useState('');
  const [isDone, setDone] = useState(false);
  const key = useRef<string | null>(null);
  const publish = () =>
    run(async () => {
      key.current ??= ulid();
      const input = { idempotencyKey: key.current, body, visibility: 'PUBLIC' } as const;
      const { data } = await client.graphql({ query: createPost, variables: { input } });
      const { post } = accepted(data.createPost);
      key.current = null;
      setBody('');
      setDone(true);
      if (post) onPosted(post);
    });
  return (
    <form
      className="compose"
      aria-label={say('writePost')}
      onSubmit={(event) => {
        event.preventDefault();
        void publish();
      }}
    >
      <label>
        {say('postBody')}
        <textarea
          value={body}
          rows={3}
          onChange={(event) => {
            // Other words are another post.
            key.current = null;
            setDone(false);
            setBody(event.target.value);
          }}
        />
      </label>
      <button type="submit" disabled={isBusy || body.trim() === ''}>
        {say('publish')}
      </button>
      {isDone ? <p role="status">{say('published')}</p> : null}
      <Failure error={error} />
    </form>
  );
}

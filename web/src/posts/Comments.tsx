import { createComment } from '@hiroba/api/amplify';
import { useRef, useState } from 'react';
import { accepted, client } from '../api/api';
import { ulid } from '../api/ulid';
import { Failure } from '../layout/Failure';
import { useAction } from '../layout/useAction';
import { useLanguage } from '../language/useLanguage';
import { type Named, PersonLink } from '../people/PersonLink';
import { When } from './When';

export interface ShownComment {
  readonly id: string;
  readonly body: string;
  readonly createdAt: string;
  readonly author?: Named;
}

/** Oldest first, as a conversation is read; new ones are told to those who hear the page. */
export function Comments({ comments }: { readonly comments: readonly ShownComment[] }) {
  const { say } = useLanguage();
  return (
    <ul className="comments" aria-label={say('comments')} aria-live="polite">
      {comments.map(({ id, body, createdAt, author }) => (
        <li key={id}>
          <p className="byline">
            <PersonLink person={author} />
            <When time={createdAt} />
          </p>
          <p className="body">{body}</p>
        </li>
      ))}
    </ul>
  );
}

export function WriteComment({
  postId,
  onWritten,
}: {
  readonly postId: string;
  readonly onWritten: (comment: ShownComment) => void;
}) {
  const { say } = useLanguage();
  const { isBusy, error, run } = useAction();
  const [body, setBody] = useState('');
  const key = useRef<string | null>(null);
  const write = () =>
    run(async () => {
      key.current ??= ulid();
      const input = { idempotencyKey: key.current, postId, body };
      const { data } = await client.graphql({ query: createComment, variables: { input } });
      const { comment } = accepted(data.createComment);
      key.current = null;
      setBody('');
      if (comment) onWritten(comment);
    });
  return (
    <form
      className="compose"
      onSubmit={(event) => {
        event.preventDefault();
        void write();
      }}
    >
      <label>
        {say('writeComment')}
        <textarea
          value={body}
          rows={2}
          onChange={(event) => {
            key.current = null;
            setBody(event.target.value);
          }}
        />
      </label>
      <button type="submit" disabled={isBusy || body.trim() === ''}>
        {say('comment')}
      </button>
      <Failure error={error} />
    </form>
  );
}

import { claimHandle } from '@hiroba/api/amplify';
import { useState } from 'react';
import { accepted, client } from '../api/api';
import { Failure } from '../layout/Failure';
import { useAction } from '../layout/useAction';
import { useLanguage } from '../language/useLanguage';
import { useSession } from '../session/session';

/** Who has just signed up has no profile yet. */
export function HandleForm() {
  const { say } = useLanguage();
  const { refresh } = useSession();
  const { isBusy, error, run } = useAction();
  const [handle, setHandle] = useState('');
  const claim = () =>
    run(async () => {
      const { data } = await client.graphql({ query: claimHandle, variables: { handle } });
      accepted(data.claimHandle);
      await refresh();
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void claim();
      }}
    >
      <label>
        {say('handle')}
        <input
          value={handle}
          autoComplete="username"
          aria-describedby="handle-hint"
          onChange={(event) => setHandle(event.target.value)}
        />
      </label>
      <p id="handle-hint" className="quiet">
        {say('handleHint')}
      </p>
      <button type="submit" disabled={isBusy || handle === ''}>
        {say('claimHandle')}
      </button>
      <Failure error={error} />
    </form>
  );
}

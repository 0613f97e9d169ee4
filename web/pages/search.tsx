import { searchUsers } from '@hiroba/api/amplify';
import type { SearchUsersQuery } from '@hiroba/api/operations';
import { useEffect, useState } from 'react';
import { client } from '../src/api/api';
import { Failure } from '../src/layout/Failure';
import { Layout } from '../src/layout/Layout';
import { useLanguage } from '../src/language/useLanguage';
import { PersonLink } from '../src/people/PersonLink';
import { useSession } from '../src/session/session';

type Found = NonNullable<SearchUsersQuery['searchUsers']>['edges'][number]['node'];

const PAUSE_MILLISECONDS = 250;

export default function Search() {
  const { say } = useLanguage();
  const { session } = useSession();
  const [prefix, setPrefix] = useState('');
  const [found, setFound] = useState<readonly Found[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const isMember = session.state === 'member';
  useEffect(() => {
    if (prefix.trim() === '') {
      setFound(null);
      return;
    }
    let isCurrent = true;
    const timer = setTimeout(() => {
      client.graphql({ query: searchUsers, variables: { prefix: prefix.trim(), first: 20 } }).then(
        ({ data }) => {
          if (!isCurrent) return;
          setError(null);
          setFound(data.searchUsers?.edges.map(({ node }) => node) ?? []);
        },
        (caught: unknown) => isCurrent && setError(caught),
      );
    }, PAUSE_MILLISECONDS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [prefix]);
  return (
    <Layout title={say('search')}>
      <h1>{say('search')}</h1>
      {session.state === 'visitor' ? <p>{say('onlyMembers')}</p> : null}
      {isMember ? (
        <>
          <label>
            {say('searchPeople')}
            <input type="search" value={prefix} onChange={(event) => setPrefix(event.target.value)} />
          </label>
          <Failure error={error} />
          <ul className="found" aria-live="polite">
            {found?.map((person) => (
              <li key={person.id}>
                <PersonLink person={person} />
              </li>
            ))}
          </ul>
          {found?.length === 0 ? <p>{say('nobodyFound')}</p> : null}
        </>
      ) : null}
    </Layout>
  );
}

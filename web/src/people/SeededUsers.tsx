import { signIn, signOut } from 'aws-amplify/auth';
import { useRouter } from 'next/router';
import { Failure } from '../layout/Failure';
import { useAction } from '../layout/useAction';
import { useLanguage } from '../language/useLanguage';
import { useSession } from '../session/session';

/** One click, and one is somebody who is already here. Only where the configuration has such people, which is no place on AWS. */
export function SeededUsers() {
  const { say } = useLanguage();
  const { session, refresh } = useSession();
  const { isBusy, error, run } = useAction();
  const router = useRouter();
  if (session.state !== 'visitor' || !session.configuration.seeded) return null;
  const { users, password } = session.configuration.seeded;
  const enter = (username: string) =>
    run(async () => {
      await signOut();
      await signIn({ username, password });
      await refresh();
      await router.push('/');
    });
  return (
    <section className="seeded" aria-label={say('seededUsers')}>
      <p>{say('seededUsers')}</p>
      <ul>
        {users.map(({ username, label }) => (
          <li key={username}>
            <button type="button" disabled={isBusy} onClick={() => void enter(username)}>
              {label}
            </button>
          </li>
        ))}
      </ul>
      <Failure error={error} />
    </section>
  );
}

import { signIn } from 'aws-amplify/auth';
import Link from 'next/link';
import { useRouter } from 'next/router';
import { useState } from 'react';
import { Failure } from '../src/layout/Failure';
import { AccountFields } from '../src/layout/Field';
import { Layout } from '../src/layout/Layout';
import { useAction } from '../src/layout/useAction';
import { useLanguage } from '../src/language/useLanguage';
import { SeededUsers } from '../src/people/SeededUsers';
import { useSession } from '../src/session/session';

export default function SignIn() {
  const { say } = useLanguage();
  const { refresh } = useSession();
  const { isBusy, error, run } = useAction();
  const router = useRouter();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const enter = () =>
    run(async () => {
      await signIn({ username, password });
      await refresh();
      await router.push('/');
    });
  return (
    <Layout title={say('signIn')}>
      <h1>{say('signIn')}</h1>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void enter();
        }}
      >
        <AccountFields
          kind="current-password"
          labels={{ email: say('email'), password: say('password') }}
          username={username}
          password={password}
          onUsername={setUsername}
          onPassword={setPassword}
        />
        <button type="submit" disabled={isBusy}>
          {say('signIn')}
        </button>
        <Failure error={error} />
      </form>
      <p>
        {say('noAccount')} <Link href="/signup">{say('signUp')}</Link>
      </p>
      <SeededUsers />
    </Layout>
  );
}

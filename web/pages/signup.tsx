import { confirmSignUp, signIn, signUp } from 'aws-amplify/auth';
import Link from 'next/link';
import { useRouter } from 'next/router';
import { useState } from 'react';
import { Failure } from '../src/layout/Failure';
import { Layout } from '../src/layout/Layout';
import { useAction } from '../src/layout/useAction';
import { useLanguage } from '../src/language/useLanguage';
import { useSession } from '../src/session/session';

/** First an address and a password, then the code that was mailed; a handle is chosen on the home page. */
export default function SignUp() {
  const { language, say } = useLanguage();
  const { refresh } = useSession();
  const { isBusy, error, run } = useAction();
  const router = useRouter();
  const [step, setStep] = useState<'address' | 'code'>('address');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const register = () =>
    run(async () => {
      const locale = language === 'ja' ? 'ja-JP' : 'en-US';
      await signUp({ username, password, options: { userAttributes: { email: username, locale } } });
      setStep('code');
    });
  const confirm = () =>
    run(async () => {
      await confirmSignUp({ username, confirmationCode: code });
      await signIn({ username, password });
      await refresh();
      await router.push('/');
    });
  return (
    <Layout title={say('signUp')}>
      <h1>{say('signUp')}</h1>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void (step === 'address' ? register() : confirm());
        }}
      >
        {step === 'address' ? (
          <>
            <label>
              {say('email')}
              <input
                type="email"
                autoComplete="username"
                required
                value={username}
                onChange={(event) => setUsername(event.target.value)}
              />
            </label>
            <label>
              {say('password')}
              <input
                type="password"
                autoComplete="new-password"
                required
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            </label>
          </>
        ) : (
          <>
            <p role="status">{say('codeSent', { email: username })}</p>
            <label>
              {say('code')}
              <input
                inputMode="numeric"
                autoComplete="one-time-code"
                required
                value={code}
                onChange={(event) => setCode(event.target.value)}
              />
            </label>
          </>
        )}
        <button type="submit" disabled={isBusy}>
          {say(step === 'address' ? 'signUp' : 'confirm')}
        </button>
        <Failure error={error} />
      </form>
      <p>
        {say('haveAccount')} <Link href="/signin">{say('signIn')}</Link>
      </p>
    </Layout>
  );
}

import { confirmSignUp, signIn, signUp } from 'aws-amplify/auth';
import Link from 'next/link';
import { useRouter } from 'next/router';
import { useState } from 'react';
import { Failure } from '../src/layout/Failure';
import { AccountFields, Field } from '../src/layout/Field';
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
          <AccountFields
            kind="new-password"
            labels={{ email: say('email'), password: say('password') }}
            username={username}
            password={password}
            onUsername={setUsername}
            onPassword={setPassword}
          />
        ) : (
          <>
            <p role="status">{say('codeSent', { email: username })}</p>
            <Field
              label={say('code')}
              inputMode="numeric"
              autoComplete="one-time-code"
              required
              value={code}
              onValue={setCode}
            />
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

import Head from 'next/head';
import Link from 'next/link';
import { type ReactNode, useEffect, useState } from 'react';
import { useLanguage } from '../language/useLanguage';
import { useSession } from '../session/session';

/** What every page has: a way past the navigation, the navigation, the language, and whether there is a connection. */
export function Layout({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { language, say, change } = useLanguage();
  const { session, signOut } = useSession();
  const isOnline = useOnline();
  const handle = session.state === 'member' ? session.viewer.user?.handle : undefined;
  return (
    <>
      <Head>
        <title>{`${title} · ${say('title')}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
      </Head>
      <a className="skip" href="#main">
        {say('skip')}
      </a>
      <header className="top">
        <Link className="brand" href="/">
          {say('title')}
        </Link>
        <nav aria-label={say('title')}>
          <Link href="/search">{say('search')}</Link>
          {session.state === 'member' ? (
            <>
              <Link href="/notifications">
                {say('notifications')}
                {session.viewer.unreadNotificationCount ? (
                  <span className="badge">{session.viewer.unreadNotificationCount}</span>
                ) : null}
              </Link>
              {handle ? <Link href={`/person?handle=${encodeURIComponent(handle)}`}>{say('profile')}</Link> : null}
              <button type="button" className="quiet" onClick={() => void signOut()}>
                {say('signOut')}
              </button>
            </>
          ) : null}
          {session.state === 'visitor' ? <Link href="/signin">{say('signIn')}</Link> : null}
          <button
            type="button"
            className="quiet"
            lang={language === 'en' ? 'ja' : 'en'}
            onClick={() => change(language === 'en' ? 'ja' : 'en')}
          >
            {say('otherLanguage')}
          </button>
        </nav>
      </header>
      {isOnline ? null : (
        <p className="notice" role="status">
          {say('offline')}
        </p>
      )}
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <footer>
        <Link href="/help">{say('help')}</Link>
        <Link href="/terms">{say('terms')}</Link>
      </footer>
    </>
  );
}

function useOnline(): boolean {
  const [isOnline, setOnline] = useState(true);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    look();
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    return () => {
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
    };
  }, []);
  return isOnline;
}

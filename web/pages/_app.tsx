import type { AppProps } from 'next/app';
import { LanguageProvider } from '../src/language/useLanguage';
import { SessionProvider } from '../src/session/session';
import '../styles/global.css';

export default function App({ Component, pageProps }: AppProps) {
  return (
    <LanguageProvider>
      <SessionProvider>
        <Component {...pageProps} />
      </SessionProvider>
    </LanguageProvider>
  );
}

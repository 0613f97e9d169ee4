import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { filled, type Language, languages, type MessageKey } from './messages';

interface Spoken {
  readonly language: Language;
  /** A sentence, with its values. */
  readonly say: (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string;
  readonly change: (language: Language) => void;
}

const Context = createContext<Spoken | null>(null);
const KEPT = 'hiroba.language';

/** The language that was chosen here, else the browser's. Pages are made in English, and change once they are there. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>('en');
  useEffect(() => {
    const kept = window.localStorage.getItem(KEPT);
    const preferred = navigator.language.startsWith('ja') ? 'ja' : 'en';
    setLanguage(kept === 'ja' || kept === 'en' ? kept : preferred);
  }, []);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const spoken = useMemo<Spoken>(
    () => ({
      language,
      say: (key, values = {}) => filled(languages[language][key], values),
      change(next) {
        window.localStorage.setItem(KEPT, next);
        setLanguage(next);
      },
    }),
    [language],
  );
  return <Context value={spoken}>{children}</Context>;
}

export function useLanguage(): Spoken {
  const spoken = useContext(Context);
  if (!spoken) throw new Error('there is no LanguageProvider above');
  return spoken;
}

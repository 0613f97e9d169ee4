import { useEffect, useState } from 'react';
import { publicRead } from '../api/publicRead';
import { useLanguage } from '../language/useLanguage';
import { Failure } from './Failure';
import { Layout } from './Layout';

/** A page of text that the API has, in the language of whoever reads. */
export function TextPage({ slug, title }: { readonly slug: string; readonly title: 'help' | 'terms' }) {
  const { language, say } = useLanguage();
  const [text, setText] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let isCurrent = true;
    publicRead('Page', { slug, language: language === 'ja' ? 'JA' : 'EN' }).then(
      ({ page }) => isCurrent && setText(page?.markdown ?? ''),
      (caught: unknown) => isCurrent && setError(caught),
    );
    return () => {
      isCurrent = false;
    };
  }, [slug, language]);
  return (
    <Layout title={say(title)}>
      <h1>{say(title)}</h1>
      <Failure error={error} />
      {text === null && !error ? <p role="status">{say('loading')}</p> : null}
      {text === null ? null : blocksOf(text)}
    </Layout>
  );
}

/** Headings, lists and paragraphs are all that these texts have. The title is the page's own. */
function blocksOf(markdown: string) {
  return markdown
    .split(/\n{2,}/)
    .map((block) => block.trim())
    .filter((block) => block !== '' && !block.startsWith('# '))
    .map((block, index) => {
      if (block.startsWith('#')) return <h2 key={index}>{block.replace(/^#+\s*/, '')}</h2>;
      if (/^[-*] /.test(block))
        return (
          <ul key={index}>
            {block.split(/\n(?=[-*] )/).map((item) => (
              <li key={item}>{item.replace(/^[-*] /, '')}</li>
            ))}
          </ul>
        );
      return <p key={index}>{block}</p>;
    });
}

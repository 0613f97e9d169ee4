import { Refused } from '../api/api';
import { failureSentence, sentenceOf } from '../language/errors';
import { useLanguage } from '../language/useLanguage';

/** What went wrong, as a sentence, and a way to try again. Nothing without an error. */
export function Failure({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const { language, say } = useLanguage();
  if (error === null || error === undefined) return null;
  const sentence = error instanceof Refused ? sentenceOf(error.code, language) : failureSentence(error, language);
  return (
    <p className="failure" role="alert">
      {sentence}
      {retry ? (
        <button type="button" onClick={retry}>
          {say('retry')}
        </button>
      ) : null}
    </p>
  );
}

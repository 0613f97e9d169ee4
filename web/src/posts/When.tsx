import { useLanguage } from '../language/useLanguage';

export function When({ time }: { readonly time: string }) {
  const { language } = useLanguage();
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <time className="quiet" dateTime={time}>
      {format.format(new Date(time))}
    </time>
  );
}

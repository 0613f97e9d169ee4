import Link from 'next/link';
import { useLanguage } from '../language/useLanguage';

/** As the contract names somebody; null: who has left. */
export type Named = { readonly handle: string | null; readonly displayName: string } | null | undefined;

export function PersonLink({ person }: { readonly person: Named }) {
  const { say } = useLanguage();
  if (!person?.handle) return <span>{person?.displayName || say('somebody')}</span>;
  return (
    <Link href={`/person?handle=${encodeURIComponent(person.handle)}`}>
      <strong>{person.displayName || person.handle}</strong> <span className="quiet">@{person.handle}</span>
    </Link>
  );
}

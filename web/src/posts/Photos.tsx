import type { FeedQuery } from '@hiroba/api/operations';

type Photo = NonNullable<
  NonNullable<NonNullable<FeedQuery['viewer']>['feed']>['edges'][number]['node']['photos']
>[number];

/** Ready ones have variants; the browser takes the one that fits. */
export function Photos({ photos }: { readonly photos: readonly (Photo | null)[] }) {
  const ready = photos.filter((photo) => photo !== null && (photo.variants?.length ?? 0) > 0);
  if (ready.length === 0) return null;
  return (
    <div className="photos">
      {ready.map((photo) => {
        const variants = [...(photo?.variants ?? [])].sort((a, b) => a.width - b.width);
        const largest = variants.at(-1);
        return (
          <img
            key={photo?.id}
            src={largest?.url}
            srcSet={variants.map(({ url, width }) => `${url} ${width}w`).join(', ')}
            sizes="(min-width: 40rem) 38rem, 100vw"
            width={largest?.width}
            height={largest?.height}
            alt={photo?.altText ?? ''}
            loading="lazy"
          />
        );
      })}
    </div>
  );
}

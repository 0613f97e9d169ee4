import { useEffect, useRef } from 'react';
import { useLanguage } from '../language/useLanguage';
import { Failure } from './Failure';
import type { Pages } from './usePages';

/** Below a list: loads the next page when it comes into sight, and has a button for whoever does not scroll. */
export function Endless({ isLoading, hasMore, error, more, nodes }: Omit<Pages<unknown>, 'prepend' | 'change'>) {
  const { say } = useLanguage();
  const mark = useRef<HTMLDivElement>(null);
  const latest = useRef(more);
  useEffect(() => {
    latest.current = more;
  });
  useEffect(() => {
    const element = mark.current;
    if (!element || !hasMore || error) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && latest.current(), {
      rootMargin: '600px',
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [hasMore, error, nodes.length]);
  return (
    <div ref={mark} className="endless">
      <Failure error={error} retry={more} />
      {isLoading ? <p role="status">{say('loading')}</p> : null}
      {!isLoading && hasMore && !error ? (
        <button type="button" onClick={more}>
          {say('more')}
        </button>
      ) : null}
      {!isLoading && !hasMore && nodes.length === 0 && !error ? <p>{say('nothingYet')}</p> : null}
    </div>
  );
}

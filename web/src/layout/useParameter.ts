import { useRouter } from 'next/router';

/** A parameter of the address; `undefined` until it is known, and '' when it is not there. */
export function useParameter(name: string): string | undefined {
  const { isReady, query } = useRouter();
  if (!isReady) return undefined;
  const value = query[name];
  return typeof value === 'string' ? value : '';
}
